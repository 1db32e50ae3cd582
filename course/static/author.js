/* The editor: looks again while one types, leads to the line of a message, and keeps the
   text in this tab until the server has it, whatever becomes of the sign-in. */

const form = document.querySelector("[data-workshop]");
const sight = document.querySelector("[data-sight]");
const texts = [...form.querySelectorAll("textarea")];
const key = `author:${form.dataset.key}`;
const say = (words) => document.querySelector("#live").replaceChildren(words);

function keep(held) {
  try {
    if (held) sessionStorage.setItem(key, JSON.stringify(held));
    else sessionStorage.removeItem(key);
  } catch {
    // Nothing is kept where the browser forbids it.
  }
}

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

const keepNow = () =>
  keep({ seen: form.elements.seen.value, texts: texts.map((text) => text.value) });

let asked = 0;

async function look() {
  const mine = ++asked;
  const body = new URLSearchParams(new FormData(form));
  const headers = { Accept: "application/json" };
  try {
    const reply = await fetch(form.dataset.workshop, { method: "POST", body, headers });
    const said = await reply.json();
    if (mine !== asked) return;
    say(reply.ok ? "" : reply.status === 401 ? form.dataset.ended : said.message);
    if (!reply.ok) return;
    const open = [...sight.querySelectorAll("details[open][id]")].map((one) => one.id);
    sight.innerHTML = said.html;
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  } catch {
    // Without a network one goes on writing: the button asks again.
  }
}

let pause;

form.addEventListener("input", (event) => {
  if (texts.includes(event.target)) keepNow();
  clearTimeout(pause);
  pause = setTimeout(look, 800);
});

for (const name of ["language", "trade"]) {
  form.elements[name].addEventListener("change", look);
}

sight.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link) return;
  event.preventDefault();
  const text = form.elements[link.dataset.text];
  const lines = text.value.split("\n");
  const before = lines.slice(0, link.dataset.line - 1).map((line) => `${line}\n`);
  const start = before.join("").length;
  // A field scrolls to its caret when it gets the focus.
  text.blur();
  text.setSelectionRange(start, start + (lines[link.dataset.line - 1] ?? "").length);
  text.focus();
});

for (const one of document.querySelectorAll("[data-forget]")) {
  one.addEventListener(one.tagName === "FORM" ? "submit" : "click", () => keep(null));
}

const held = kept();
if (form.hasAttribute("data-typed")) keepNow();
else if (held?.texts.every((text, at) => text === texts[at].value)) keep(null);
else if (held) {
  // The save that was seen then comes back too: the server tells if somebody saved since.
  form.elements.seen.value = held.seen;
  texts.forEach((text, at) => (text.value = held.texts[at]));
  form.querySelector("[data-restored]").hidden = false;
  look();
}
