/* A check under way: the page is asked again, and tells what is new, without a reload. */

const EVERY = 1000; // ms; longer and longer when nothing answers
const LAST = 5 * 60 * 1000;
const begun = Date.now();
const place = document.querySelector("[data-check]");

async function look(wait) {
  let next = wait;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-check]");
    if (!fresh) return location.reload();
    show(fresh);
    if (fresh.dataset.check !== "busy") return;
    next = EVERY;
  } catch {
    next = Math.min(wait * 2, 30000);
  }
  if (Date.now() - begun < LAST) setTimeout(look, next, next);
}

// The live line stays in place, so that its new words are said.
function show(fresh) {
  const [line, said] = [place, fresh].map((one) => one.querySelector("[role=status]"));
  if (line.textContent !== said.textContent) line.textContent = said.textContent;
  if (fresh.dataset.check === place.dataset.check) return;
  place.dataset.check = fresh.dataset.check;
  said.remove();
  while (line.nextSibling) line.nextSibling.remove();
  place.append(...fresh.childNodes);
}

setTimeout(look, EVERY, EVERY);
