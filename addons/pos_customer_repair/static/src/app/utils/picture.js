const LONGEST_SIDE = 1600; // px: a scratch is seen, and a slow line carries it
const QUALITY = 0.8;

/** Width and height of a picture that fits, never larger than it is. */
export function fittingSize(width, height, longest = LONGEST_SIDE) {
    const scale = Math.min(1, longest / Math.max(width, height));
    return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/**
 * A picture as the server takes it.
 *
 * @param {CanvasImageSource} source
 * @returns {{ url: string, content: string }} to show, and in base64
 */
export function takePicture(source, width, height) {
    const size = fittingSize(width, height);
    const canvas = Object.assign(document.createElement("canvas"), size);
    canvas.getContext("2d").drawImage(source, 0, 0, size.width, size.height);
    const url = canvas.toDataURL("image/jpeg", QUALITY);
    return { url, content: url.split(",")[1] };
}

/** The same from a file; throws where the browser cannot read it. */
export async function readPicture(file) {
    const bitmap = await createImageBitmap(file);
    try {
        return takePicture(bitmap, bitmap.width, bitmap.height);
    } finally {
        bitmap.close();
    }
}
