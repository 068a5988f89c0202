const SPARE = 4; // rows above and below, so that a flick does not show a hole

/**
 * Which rows of a list stand in the page: those that are seen and a few around them.
 *
 * @returns {{ first: number, last: number }} indices, `last` not included
 */
export function rowsInView({ scrollTop, height, rowHeight, count }) {
    const seen = Math.ceil(height / rowHeight) + 1;
    const top = Math.max(0, Math.floor(scrollTop / rowHeight));
    const first = Math.max(0, Math.min(top, count - seen) - SPARE);
    return { first, last: Math.min(count, first + seen + 2 * SPARE) };
}

/** Where to scroll to, moving as little as possible, so that a row is seen whole. */
export function scrollTopToShow(index, { scrollTop, height, rowHeight }) {
    const top = index * rowHeight;
    return Math.max(Math.min(scrollTop, top), top + rowHeight - height);
}
