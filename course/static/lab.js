/* The desk of a lab: one acts without a reload, looks elsewhere without losing what one
   types, drags files. All of it works without. Acts wait for the network as answers do. */

const { arrivals, live, moveTo, rest, tell, turnTo, waiting } = await import(
  document.querySelector("script[src*='/course.js']").src
);
const lab = () => document.querySelector("[data-lab]");
const all = (selector) => [...document.querySelectorAll(selector)];
// What every act says: it tells none from another.
const COMMON = ["csrf_token", "client", "act"];

// ---- Where one was, found again once the page is new

function saidBy(button) {
  const hidden = [...button.form.querySelectorAll("[type=hidden]")];
  const act = button.name === "act" ? button : hidden.find(({ name }) => name === "act");
  const own = hidden.filter(({ name }) => !COMMON.includes(name));
  return [act?.value, ...own.map(({ name, value }) => `${name}=${value}`)];
}

// How far one thing does the work of another: 9, it is the same; 0, not at all.
function likeness(old, one) {
  if (old.tagName !== one.tagName) return 0;
  if (old.id || one.id) return old.id === one.id ? 9 : 0;
  const same = old.textContent.trim() === one.textContent.trim();
  if (!old.form || !one.form) return same && panelOf(old) === panelOf(one) ? 9 : 0;
  const [[act, what, ...more], its] = [saidBy(old), saidBy(one)];
  // The first field says on what: the same deed on another thing is no successor.
  if (act !== its[0] || (more.length && what !== its[1])) return 0;
  // To take back once more is another thing to want.
  return same ? 9 : Number(act !== "lab.undo");
}

const panelOf = (element) => element.closest("[data-panel]")?.dataset.panel;

// The same thing, or the only one that took its place. Where several might, their heading:
// a second press must not do what nobody meant.
function successor(old) {
  const rated = all("#main :is(a, button, input, select, textarea, summary)")
    .map((one) => [likeness(old, one), one])
    .filter(([score]) => score)
    .sort(([one], [other]) => other - one);
  if (!rated.length) return null;
  const [[score, one], another] = rated;
  if (score > 1 || !another) return one;
  return focusable(one.closest("li, section").querySelector(":is(h2, h3, h4)"));
}

// What stands over a thing, in its panel.
function headingOver(old) {
  const over = (one) => one.compareDocumentPosition(old) & Node.DOCUMENT_POSITION_FOLLOWING;
  return headings(panelOf(old)).filter(over).at(-1);
}

// The same heading on the new page, else the panel's: one stays where one was.
function place(old, over) {
  const [first, ...more] = headings(panelOf(old));
  const found = more.find(
    (one) => one.tagName === over?.tagName && one.textContent === over.textContent,
  );
  return focusable(found ?? first ?? document.querySelector(".tool h2"));
}

const headings = (panel) => all(`[data-panel="${panel}"] :is(h2, h3, h4)`);

function focusable(heading) {
  heading?.setAttribute("tabindex", "-1");
  return heading;
}

// ---- Turning the desk

function turn(reply) {
  const main = document.querySelector("#main");
  const old = main.contains(document.activeElement) ? document.activeElement : null;
  const over = old && headingOver(old);
  const folds = all("#main details[id]").map(({ id, open }) => [id, open]);
  turnTo(reply, () => {
    for (const [id, open] of folds) {
      const fold = document.getElementById(id);
      if (fold) fold.open = open;
    }
    ready();
    // All that comes of it, rather than only its title.
    const event = main.querySelector("[data-focus]")?.closest("section");
    event?.scrollIntoView();
    if (!old || event) return;
    const next = successor(old) ?? place(old, over);
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  });
}

arrivals.act = (_form, reply) => {
  turn(reply);
  reply.said = document.querySelector(".said > span")?.textContent;
};

function ready() {
  for (const thing of all("[data-drag]")) thing.draggable = true;
  lab()?.setAttribute("data-ready", "");
  hold();
}

// The desk waits as long as an act is on its way: what it shows may change.
function hold() {
  lab()?.toggleAttribute("data-waiting", waiting("act"));
}

document.addEventListener("queue", hold);
addEventListener("storage", hold);

// Before the others hear of it.
addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.matches("[data-lab] form[method=get]")) {
      event.preventDefault();
      look(`${form.getAttribute("action")}?${new URLSearchParams(new FormData(form))}`);
    }
    if (!("act" in form.dataset)) return;
    // What was said before is no answer to this.
    rest();
    if (waiting("act")) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    for (const one of all("[data-asked]")) delete one.dataset.asked;
    for (const one of all("[data-beside]")) delete one.dataset.beside;
    for (const notice of all("form[data-act] .notice.error")) notice.remove();
    form.dataset.asked = "";
    // Why it is refused is said beside the button, where one looks.
    const row = event.submitter?.closest(".actions, .buttons");
    if (form.contains(row)) row.dataset.beside = "";
  },
  true,
);

// ---- Looking elsewhere

async function look(url) {
  try {
    const response = await fetch(url);
    const there = new URL(response.url);
    // The run is over, or the session: the page that says so is another.
    if (!response.ok || there.pathname !== location.pathname) return location.assign(url);
    // What came of the last deed was read: one looks elsewhere now.
    const html = (await response.text()).replace(/(<h2 id="event-[^>]*) data-focus/, "$1");
    turn({ html, url: there.pathname + there.search });
  } catch {
    tell(lab().dataset.unseen);
  }
}

// On a phone one panel at a time: all are here, so that nothing is asked of the network.
function open(tab) {
  const at = tab.dataset.tab;
  for (const panel of all("[data-panel]")) {
    panel.classList.toggle("away", panel.dataset.panel !== at);
  }
  for (const one of all("[data-tab]")) one.removeAttribute("aria-current");
  tab.setAttribute("aria-current", "true");
  for (const one of all("form[data-act], a[data-go]")) {
    const name = one.href ? "href" : "action";
    const url = new URL(one[name]);
    url.searchParams.set("at", at);
    one[name] = url.href;
  }
  const here = new URL(location);
  here.searchParams.set("at", at);
  moveTo(here.pathname + here.search);
  if (tab.getBoundingClientRect().top < 1) lab().querySelector(".desk").scrollIntoView();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-go], a[data-tab]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.tab) open(link);
  else look(link.href);
});

// ---- Dragging, where a mouse does it; buttons beside do the same

let dragged = null;

const under = (event) => (dragged ? event.target.closest?.("[data-receive]") : null);

function mark(place) {
  for (const one of all(".over")) one.classList.toggle("over", one === place);
  place?.classList.add("over");
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-drag]")?.dataset.drag ?? null;
});
document.addEventListener("dragend", () => mark((dragged = null)));
document.addEventListener("dragover", (event) => {
  const place = under(event);
  if (place) event.preventDefault();
  mark(place);
});
document.addEventListener("drop", (event) => {
  const place = under(event);
  if (!place) return;
  event.preventDefault();
  const [act, more = ""] = place.dataset.receive.split("?");
  const form = document.querySelector("#drop");
  form.querySelectorAll("[data-given]").forEach((field) => field.remove());
  form.querySelector("[name=act]").value = act;
  for (const [name, value] of new URLSearchParams(`${dragged}&${more}`)) {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    field.dataset.given = "";
    form.append(field);
  }
  form.requestSubmit();
});

// ---- Starting

// « An answer waits » is said of answers; here it is a deed.
for (const name of ["wait", "waits", "unsent", "unsents", "trouble"]) {
  const words = lab()?.dataset[name.replace(/s$/, "")];
  if (words) live.dataset[name] = words;
}
ready();
