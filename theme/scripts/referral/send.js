/** Sends the form without leaving the page, so that a fault or a cut line loses neither the answers nor the files. */

/**
 * What became of the form: { place } of the confirmation, { errors, notices, token } to show again, or { title, text }
 * of a page that explains. Posting the same page again is safe: the service knows it.
 */
export async function send(form) {
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { accept: "application/json" } });
  } catch {
    return { title: "L’envoi n’a pas abouti", text: ["Vérifiez votre connexion, puis envoyez de nouveau. Vos réponses et vos fichiers sont toujours là, et rien ne sera enregistré deux fois."] };
  }
  if ((answer.headers.get("content-type") ?? "").includes("application/json")) {
    const { confirmation, erreurs = [], avis = [], jeton = "" } = await answer.json();
    return confirmation ? { place: confirmation } : { errors: erreurs.map(({ champ, message }) => [champ, message]), notices: avis, token: jeton };
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main") ?? page.body;
  return { title: main.querySelector("h1")?.textContent ?? "L’envoi n’a pas abouti", text: [...main.querySelectorAll("p")].map((text) => text.textContent) };
}
