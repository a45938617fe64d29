/** Reduces a photo on the device. Drawing it again leaves its metadata behind: date, place, camera. */

/** Longest side of a reduced photo, in pixels: an A4 page stays readable. */
const SIDE = 2000;
const QUALITY = 0.82;

/** Whether a file is a photo that the browser can draw. */
export const isPhoto = (file) => /^image\/(jpeg|png)$/.test(file.type);

/** A smaller JPEG, or nothing when the browser cannot read the photo. */
export async function reduce(file) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const ratio = Math.min(1, SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * ratio);
    canvas.height = Math.round(picture.height * ratio);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
    return blob && new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
  } catch {
    return null;
  }
}
