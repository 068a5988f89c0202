import { registry } from "@web/core/registry";

const CSV = [
    "partner_id,purpose_id,state,since,wording_id,source",
    "T-IMPORT-1,t_news,yes,2024-03-15,1,old-shop",
].join("\n");

/** Put a file into the input of the import screen, as choosing it does. */
function choose(text) {
    const file = new File([text], "consents.csv", { type: "text/csv" });
    const data = new DataTransfer();
    data.items.add(file);
    const input = document.querySelector(
        ".o_import_action input[type='file'], .o_control_panel input[type='file']"
    );
    input.files = data.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

const TEST = ".o_control_panel button.o_import_test, .o_control_panel button:contains(Test)";

registry.category("web_tour.tours").add("customer_consent_import", {
    steps: () => [
        {
            content: "open the import",
            trigger: ".o_list_view .o_control_panel button[name]:contains(Import)",
            run: "click",
        },
        {
            content: "the template is the one for consents",
            trigger: ".o_import_action a[href*='consents_import_template.xlsx']",
        },
        {
            content: "a file with a mistake",
            trigger: ".o_import_action",
            run: () => choose(CSV.replace("T-IMPORT-1", "NOBODY")),
        },
        { content: "it is loaded", trigger: ".o_import_data_content:contains(NOBODY)" },
        { content: "test it", trigger: TEST, run: "click" },
        {
            content: "the line is named, and why",
            trigger: ".o_import_action :contains(2):contains(NOBODY)",
        },
        {
            content: "the corrected file",
            trigger: ".o_import_data_content .alert, .o_import_action .alert",
            run: () => choose(CSV),
        },
        {
            content: "it is loaded",
            trigger: ".o_import_data_content:contains(T-IMPORT-1)",
        },
        { content: "test it", trigger: TEST, run: "click" },
        { content: "nothing is wrong", trigger: ".o_import_action .alert-info" },
        {
            content: "import it",
            trigger: ".o_control_panel button:contains(Import)",
            run: "click",
        },
        { content: "the answer is there", trigger: ".o_data_row:contains(Ana Consents)" },
    ],
});
