/** Fields of a person's name, the first name first. */
export const NAME_PARTS = ["firstname", "lastname"];

const clean = (text) => (text || "").trim().replace(/\s+/g, " ");

/** The name as the settings write it. */
export function joinName({ firstname, lastname }, order) {
    const parts = order === "first_last" ? [firstname, lastname] : [lastname, firstname];
    return parts.map(clean).filter(Boolean).join(order === "last_first_comma" ? ", " : " ");
}

/** Both names of what was typed in one: what stands before a comma is the last name. */
export function splitName(name, order) {
    const text = clean(name);
    const [before, ...after] = text.split(",").map(clean);
    if (after.length) {
        return { firstname: after.join(", "), lastname: before };
    }
    const [first, ...rest] = text.split(" ");
    if (!rest.length || order === "last_first_comma") {
        return { firstname: "", lastname: text };
    }
    return order === "first_last"
        ? { firstname: first, lastname: rest.join(" ") }
        : { firstname: rest.join(" "), lastname: first };
}
