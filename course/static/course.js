/* Improves pages that already work without it: answers are sent without a reload and wait
   for the network, drafts survive, steps move with buttons, words open where they stand.
   What people read comes from data-attributes, because the page knows their language. */

const live = document.querySelector("#live");
const RETRY = 5000;
const PATIENCE = 15000;
const GLANCE = 6000;
// Refused for good: sending the same again would change nothing. Any other refusal may be
// because somebody else is signed in on this computer: their answers wait for them.
const FINAL = [409, 410, 422];
const BUSY = 429;
const WRITABLE = "input:not([type=hidden]), select, textarea";

// ---- Saying

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

let silence;

function tell(sentence, { lasting = false } = {}) {
  clearTimeout(silence);
  live.textContent = sentence;
  if (!lasting) silence = setTimeout(() => live.replaceChildren(), GLANCE);
}

function say(name, values = {}, manner = {}) {
  tell(fill(live.dataset[name], values), manner);
}

function complain(form, message) {
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.setAttribute("role", "alert");
  notice.textContent = message;
  form.querySelector(":scope > .notice")?.remove();
  form.prepend(notice);
}

// ---- Sending

class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function token() {
  return document.querySelector("input[name=csrf_token]")?.value ?? "";
}

// The token is left out: it is read when leaving, since the kept one may have expired.
function fieldsOf(form, submitter) {
  return [...new FormData(form, submitter)].filter(
    ([name, value]) => name !== "csrf_token" && typeof value === "string",
  );
}

async function post(url, fields, options = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token() },
    body: new URLSearchParams(fields),
    ...options,
  });
  const json = response.headers.get("Content-Type")?.includes("json");
  const reply = json ? await response.json() : {};
  if (!response.ok || !json) {
    throw new Refusal(response.status, reply.message ?? live.dataset.trouble);
  }
  return reply;
}

// One deed at a time: a second tap while the first is on its way does nothing.
async function once(form, deed) {
  if (form.getAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  try {
    await deed();
  } finally {
    form.removeAttribute("aria-busy");
  }
}

// ---- What a browser keeps (nothing, where it is forbidden)

function read(storage, key, absent) {
  try {
    return JSON.parse(storage().getItem(key)) ?? absent;
  } catch {
    return absent;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // The page still works; it only forgets.
  }
}

const lasting = () => localStorage;
const passing = () => sessionStorage;

// ---- Answers, in the order they were given

let queue = read(lasting, "answers", []);
let sending = false;

function keep(parcels) {
  queue = parcels;
  write(lasting, "answers", parcels.length ? parcels : null);
}

function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function keyOf(form) {
  return form.dataset.key ?? form.action;
}

function enqueue(form, submitter) {
  const key = keyOf(form);
  const said = fieldsOf(form, submitter).filter(([name]) => name !== "client");
  const waiting = queue.find((parcel) => parcel.key === key);
  // The same words keep their id, so that the server counts them once.
  const same = waiting && JSON.stringify(waiting.said) === JSON.stringify(said);
  const client = same ? waiting.client : freshId();
  const parcel = { key, client, said, url: form.action };
  keep([...queue.filter((other) => other.key !== key), parcel]);
}

function formOf(parcel) {
  return [...document.querySelectorAll("form[data-answer]")].find(
    (form) => keyOf(form) === parcel.key,
  );
}

function forget(parcel) {
  keep(queue.filter((other) => other.client !== parcel.client));
}

function arrived(parcel, reply) {
  const asked = formOf(parcel);
  forget(parcel);
  write(passing, draftOf(parcel.key), null);
  if (asked && reply.html) turnTo(reply);
  if (reply.saved) say("saved", { time: reply.saved });
}

function refused(parcel, error) {
  const asked = formOf(parcel);
  if (asked || FINAL.includes(error.status)) forget(parcel);
  if (asked) complain(asked, error.message);
}

function isFinal(error) {
  return error instanceof Refusal && error.status < 500 && error.status !== BUSY;
}

// True when the answer got a reply, whatever it says.
async function deliver(parcel) {
  try {
    const fields = [...parcel.said, ["client", parcel.client]];
    const signal = AbortSignal.timeout(PATIENCE);
    arrived(parcel, await post(parcel.url, fields, { signal }));
  } catch (error) {
    if (!isFinal(error)) {
      say(error instanceof Refusal ? "trouble" : "offline", {}, { lasting: true });
      return false;
    }
    refused(parcel, error);
  }
  return true;
}

async function flush() {
  if (sending) return;
  sending = true;
  const tried = new Set();
  const next = () => queue.find((parcel) => !tried.has(parcel.client));
  let reached = true;
  for (let parcel = next(); parcel && reached; parcel = next()) {
    tried.add(parcel.client);
    reached = await deliver(parcel);
  }
  sending = false;
  if (!reached) setTimeout(flush, RETRY);
}

// ---- Turning the page

const address = () => location.pathname + location.search;
let shown = address();

function turnTo(reply) {
  const page = new DOMParser().parseFromString(reply.html, "text/html");
  const main = document.querySelector("#main");
  const fresh = page.querySelector("#main");
  main.replaceChildren(...(fresh ?? page.body).childNodes);
  if (fresh) {
    document.title = page.title;
    page.querySelectorAll(".top").forEach((top) => document.querySelector(".top").replaceWith(top));
  }
  if (reply.url && reply.url !== address()) history.pushState(null, "", reply.url);
  shown = address();
  // The other language of this page, not of the one before.
  document.querySelectorAll(".menu [name=next]").forEach((field) => (field.value = shown));
  improve(main);
  const heading = main.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

// ---- Drafts

const draftOf = (key) => `draft:${key}`;

function remember(form) {
  if (form && "answer" in form.dataset) write(passing, draftOf(keyOf(form)), fieldsOf(form));
}

function recall(form) {
  const draft = read(passing, draftOf(keyOf(form)), null);
  if (!draft) return;
  const fields = [...form.querySelectorAll(WRITABLE)];
  for (const field of fields.filter((one) => !one.disabled)) {
    const values = draft.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
}

// ---- Forms

// What a question was before its reply, for who wants to try again.
const former = new WeakMap();

const senders = {
  answer(form, submitter) {
    enqueue(form, submitter);
    return flush();
  },

  async try(form, submitter) {
    const said = fieldsOf(form, submitter).filter(([name]) => name !== "client");
    const reply = await post(form.action, [...said, ["client", freshId()]]);
    const place = form.closest("[data-place]") ?? form;
    const page = new DOMParser().parseFromString(reply.html, "text/html");
    const fresh = page.querySelector("[data-place]") ?? page.body.firstElementChild;
    place.replaceWith(fresh);
    former.set(fresh, place);
    improve(fresh);
    (fresh.querySelector("[tabindex]") ?? fresh).focus();
  },

  async record(form, submitter) {
    const reply = await post(form.action, fieldsOf(form, submitter), { keepalive: true });
    if (reply.saved) say("saved", { time: reply.saved });
  },
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const kind = Object.keys(senders).find((name) => name in form.dataset);
  if (!kind) return;
  event.preventDefault();
  once(form, () => senders[kind](form, event.submitter)).catch((error) =>
    complain(form, error instanceof Refusal ? error.message : live.dataset.trouble),
  );
});

document.addEventListener("input", (event) => remember(event.target.form));

// ---- Steps to put in order

function renumber(list) {
  const items = [...list.children];
  items.forEach((item, place) => {
    item.querySelector("select").value = String(place + 1);
    const [up, down] = item.querySelectorAll("button");
    up.disabled = place === 0;
    down.disabled = place === items.length - 1;
  });
}

function nameOf(item) {
  return item.querySelector("label").textContent.trim();
}

function move(item, before) {
  const list = item.parentElement;
  list.insertBefore(item, before);
  renumber(list);
  const select = item.querySelector("select");
  tell(fill(list.dataset.moved, { item: nameOf(item), place: select.value }));
  remember(select.form);
}

function mover(item, sign, sentence, target) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = sign;
  button.setAttribute("aria-label", fill(sentence, { item: nameOf(item) }));
  button.addEventListener("click", () => {
    move(item, target());
    // At the end of the list a button goes quiet: its twin takes the focus over.
    (button.disabled ? item.querySelector("button:enabled") : button).focus();
  });
  return button;
}

function draggable(list, item) {
  item.draggable = true;
  item.addEventListener("dragstart", () => item.classList.add("moving"));
  item.addEventListener("dragend", () => {
    item.classList.remove("moving");
    move(item, item.nextElementSibling);
  });
  item.addEventListener("dragover", (event) => {
    const moving = list.querySelector(".moving");
    if (!moving || moving === item) return;
    event.preventDefault();
    const box = item.getBoundingClientRect();
    const below = event.clientY > box.top + box.height / 2;
    list.insertBefore(moving, below ? item.nextElementSibling : item);
  });
}

function order(list) {
  const place = (item) => Number(item.querySelector("select").value) || Infinity;
  // Infinity − Infinity is no number: two unplaced steps keep their order.
  list.append(...[...list.children].sort((one, other) => place(one) - place(other) || 0));
  for (const item of list.children) {
    item.querySelector("select").hidden = true;
    item.append(
      mover(item, "↑", list.dataset.up, () => item.previousElementSibling),
      mover(item, "↓", list.dataset.down, () => item.nextElementSibling?.nextElementSibling),
    );
    draggable(list, item);
  }
  list.classList.add("ready");
  renumber(list);
}

// ---- Words, dialogs, buttons

function explain(meaning) {
  const sheet = document.createElement("div");
  sheet.popover = "auto";
  sheet.className = "meaning";
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-label", meaning.querySelector("dt").textContent);
  const close = document.createElement("button");
  close.className = "link";
  close.type = "button";
  close.textContent = meaning.dataset.close;
  close.addEventListener("click", () => sheet.hidePopover());
  const words = document.createElement("dl");
  words.append(...meaning.cloneNode(true).children);
  sheet.append(words, close);
  sheet.addEventListener("toggle", (event) => event.newState === "closed" && sheet.remove());
  document.body.append(sheet);
  sheet.showPopover();
  close.focus();
}

function targetOf(link) {
  return document.getElementById(link.hash.slice(1));
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  say("copied");
}

// Everything beside the path from the page to the element stays off the paper.
function printOnly(element) {
  const others = [];
  for (let node = element; node !== document.body; node = node.parentElement) {
    others.push(...[...node.parentElement.children].filter((other) => other !== node));
  }
  others.forEach((other) => other.classList.add("unprinted"));
  print();
  others.forEach((other) => other.classList.remove("unprinted"));
}

const clicks = {
  dialog: (link) => targetOf(link).showModal(),
  close: (link) => link.closest("dialog").close(),
  copy: (button) => copy(button.dataset.copy),
  share: ({ dataset: { share: url } }) => (navigator.share ? navigator.share({ url }) : copy(url)),
  print: (button) => printOnly(document.getElementById(button.dataset.print)),
  show(button) {
    const field = document.getElementById(button.getAttribute("aria-controls"));
    field.type = field.type === "password" ? "text" : "password";
    [button.textContent, button.dataset.show] = [button.dataset.show, button.textContent];
  },
};

document.addEventListener("click", (event) => {
  const menu = document.querySelector(".menu[open]");
  if (menu && !menu.contains(event.target)) menu.open = false;
  const pressed = event.target.closest?.("a, button");
  if (!pressed) return;
  const kind = Object.keys(clicks).find((name) => name in pressed.dataset);
  const place = pressed.closest("[data-place]");
  const term = pressed.hash?.startsWith("#term-") && targetOf(pressed);
  if (term && "popover" in term) {
    event.preventDefault();
    explain(term);
  } else if (former.has(place) && pressed.hash === `#${place.id}`) {
    event.preventDefault();
    place.replaceWith(former.get(place));
    document.getElementById(place.id).querySelector(WRITABLE)?.focus();
  } else if (kind) {
    event.preventDefault();
    // Somebody may close the sharing sheet: nothing to repair.
    Promise.resolve(clicks[kind](pressed)).catch(() => {});
  }
});

document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".menu[open]");
  if (event.key !== "Escape" || !menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// ---- Starting

function improve(root) {
  root.querySelectorAll("form[data-answer]").forEach(recall);
  root.querySelectorAll("[data-order]:not(.ready)").forEach(order);
  root.querySelector("[data-focus]")?.focus();
}

document.documentElement.classList.add("script");
improve(document);
flush();
addEventListener("online", flush);
// Another tab may have sent, or kept, an answer.
addEventListener("storage", () => {
  queue = read(lasting, "answers", []);
});
// Following a #link pops a state as well: only another page needs loading.
addEventListener("popstate", () => address() === shown || location.reload());
