/* Improves pages that already work without it: answers are sent without a reload and wait
   for the network, drafts survive, steps move with buttons, words open where they stand.
   What people read comes from data-attributes, because the page knows their language. */

const live = document.querySelector("#live");
const RETRY = 5000;
const PATIENCE = 15000;
const GLANCE = 6000;
const WEEK = 7 * 24 * 3600 * 1000;
// Refused for good: sending the same again would change nothing. After any other refusal
// the answer waits, until its owner is signed in again for instance.
const FINAL = [404, 409, 410, 413, 422];
const CONFLICT = 409;
const BUSY = 429;
// Who is signed in, by a name that tells nothing: what is kept here is kept for one person.
const me = document.body.dataset.person ?? "";
const WRITABLE = "input:not([type=hidden]), select, textarea";

// ---- Saying

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

let silence;

// Between two messages: how many answers wait for the network, as long as some do.
function rest() {
  clearTimeout(silence);
  silence = null;
  live.textContent = stuck && queue.length ? counted("wait") : "";
}

function counted(name) {
  return fill(live.dataset[queue.length > 1 ? `${name}s` : name], { count: queue.length });
}

function tell(sentence, { lasting = false } = {}) {
  clearTimeout(silence);
  live.textContent = sentence;
  silence = lasting ? null : setTimeout(rest, GLANCE);
}

function say(name, values = {}, manner = {}) {
  tell(fill(live.dataset[name], values), manner);
}

// In the form; beside the field where one writes again, where it is known.
function complain(form, message, { url, label, field } = {}) {
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.setAttribute("role", "alert");
  notice.textContent = message;
  if (label) {
    const link = document.createElement("a");
    link.href = url;
    link.textContent = label;
    notice.append(" ", link);
  }
  form.querySelector(":scope > .notice, .field > .notice, [data-beside] .notice")?.remove();
  const asked = field ? form.querySelector(`[name="${CSS.escape(field)}"]`) : null;
  const named = asked?.closest(".field")?.firstElementChild;
  // A form may be longer than a screen: then its page says where one pressed.
  if (named) named.after(notice);
  else (form.querySelector("[data-beside]") ?? form).prepend(notice);
  notice.scrollIntoView({ block: "nearest" });
}

// ---- Sending

class Refusal extends Error {
  constructor(status, reply) {
    super(reply.message ?? live.dataset.trouble);
    this.status = status;
    this.reply = reply;
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

let leaving = false;

async function post(url, fields, options = {}) {
  // Its reply could open again the session that is being closed.
  if (leaving) throw new TypeError("leaving");
  const response = await fetch(url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token() },
    body: new URLSearchParams(fields),
    ...options,
  });
  // Not our server: a proxy that finds it down, or the page of a café's network.
  if (!response.headers.get("Content-Type")?.includes("json")) throw new TypeError("elsewhere");
  const reply = await response.json();
  if (!response.ok) throw new Refusal(response.status, reply);
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
    if (leaving) return;
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch {
    // The page still works; it only forgets.
  }
}

const lasting = () => localStorage;
const passing = () => sessionStorage;

// ---- Answers, in the order they were given, each person's apart

const SHELF = "answers:";
const mine = SHELF + me;
let queue = me ? read(lasting, mine, []) : [];
let sending = null;
let stuck = false;
let again;

function keep(parcels) {
  queue = parcels;
  if (me) write(lasting, mine, parcels.length ? parcels : null);
  document.dispatchEvent(new Event("queue"));
}

// Answers of somebody else, who may be back within a week.
function foreign(key) {
  if (!key.startsWith(SHELF) || key === mine) return false;
  return read(lasting, key, []).some(({ at }) => at > Date.now() - WEEK);
}

// Forgets those who never came back; and, when one leaves, all that is one's own. Whether
// answers of others stay.
function tidy(all) {
  try {
    for (const key of Object.keys(localStorage)) {
      const past = all || (key.startsWith(SHELF) && key !== mine);
      if (past && !foreign(key)) localStorage.removeItem(key);
    }
    if (all) sessionStorage.clear();
    return Object.keys(localStorage).some(foreign);
  } catch {
    return false; // nothing is kept here
  }
}

function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function keyOf(form) {
  return form.dataset.key ?? form.action;
}

function enqueue(form, kind, submitter) {
  const key = keyOf(form);
  const fields = fieldsOf(form, submitter).filter(([name]) => name !== "client");
  const said = fields.filter(([name]) => name !== "base");
  const waiting = queue.find((parcel) => parcel.key === key);
  // The same words keep their id, so that the server counts them once.
  const same = waiting && JSON.stringify(waiting.said) === JSON.stringify(said);
  const client = same ? waiting.client : freshId();
  // The answers that this one knows of: the page's, and the one that waited in its place,
  // which may have arrived although nobody said so.
  const known = fields.filter(([name]) => name === "base");
  if (waiting && known.length) known.push(...waiting.known, ["base", waiting.client]);
  const [url, at, draft] = [form.action, Date.now(), draftKey(form)];
  const parcel = { key, kind, client, known, said, url, at, draft };
  keep([...queue.filter((other) => other.key !== key), parcel]);
}

function formOf(parcel) {
  const forms = [...document.querySelectorAll("form")].filter(
    (form) => parcel.kind in form.dataset && keyOf(form) === parcel.key,
  );
  // Where many forms send to one place, the pressed one is marked.
  return forms.find((form) => "asked" in form.dataset) ?? forms[0];
}

function forget(parcel) {
  keep(queue.filter((other) => other.client !== parcel.client));
}

// What a reply does to the page, when the form that asked is still there.
const arrivals = {
  answer: (form, reply) => reply.html && turnTo(reply),

  try(form, reply) {
    const place = form.closest("[data-place]") ?? form;
    const page = new DOMParser().parseFromString(reply.html, "text/html");
    const fresh = page.querySelector("[data-place]") ?? page.body.firstElementChild;
    const { activeElement: at } = document;
    const here = at === document.body || place.contains(at);
    place.replaceWith(fresh);
    former.set(fresh, place);
    improve(fresh);
    if (here) (fresh.querySelector("[tabindex]") ?? fresh).focus();
  },

  record: (form, reply) => reply.url && location.assign(reply.url),
};

function arrived(parcel, reply) {
  const asked = formOf(parcel);
  forget(parcel);
  write(passing, draftOf(parcel.draft), null);
  // Sent before its page's own script was there: the page is asked for anew.
  if (asked) (arrivals[parcel.kind] ?? (() => location.reload()))(asked, reply);
  if (reply.said) tell(reply.said);
  else if (reply.saved) say("saved", { time: reply.saved });
}

function refused(parcel, { status, message, reply }) {
  const asked = formOf(parcel);
  // Two devices, two answers: both are shown, one pair at a time, and this one waits.
  if (status === CONFLICT && reply.html) {
    if (!document.querySelector("[data-drop]")) turnTo(reply);
    return;
  }
  if (FINAL.includes(status)) forget(parcel);
  if (asked) complain(asked, message, reply);
}

function isFinal(error) {
  return error instanceof Refusal && error.status < 500 && error.status !== BUSY;
}

// True when the answer got a reply, whatever it says.
async function deliver(parcel) {
  try {
    const fields = [...parcel.said, ...parcel.known, ["client", parcel.client]];
    const signal = AbortSignal.timeout(PATIENCE);
    arrived(parcel, await post(parcel.url, fields, { signal }));
  } catch (error) {
    if (!isFinal(error)) {
      stuck = true;
      if (error instanceof Refusal) say("trouble", {}, { lasting: true });
      else rest();
      return false;
    }
    refused(parcel, error);
  }
  return true;
}

function flush() {
  clearTimeout(again);
  sending ??= sendAll().finally(() => (sending = null));
  return sending;
}

async function sendAll() {
  const tried = new Set();
  const next = () => queue.find((parcel) => !tried.has(parcel.client));
  let reached = true;
  for (let parcel = next(); parcel && reached; parcel = next()) {
    tried.add(parcel.client);
    reached = await deliver(parcel);
  }
  stuck = !reached;
  if (stuck) again = setTimeout(flush, RETRY);
  else if (!silence) rest();
}

// ---- Turning the page

const address = () => location.pathname + location.search;
let shown = address();

// What is shown now has this address, and the menu's other language is this page's.
function moveTo(url) {
  if (url !== address()) history.pushState(null, "", url);
  shown = address();
  document.querySelectorAll(".menu [name=next]").forEach((field) => (field.value = shown));
}

function turnTo(reply, land = toHeading) {
  const page = new DOMParser().parseFromString(reply.html, "text/html");
  const main = document.querySelector("#main");
  const fresh = page.querySelector("#main");
  main.replaceChildren(...(fresh ?? page.body).childNodes);
  if (fresh) {
    document.title = page.title;
    page.querySelectorAll(".top").forEach((top) => document.querySelector(".top").replaceWith(top));
  }
  if (reply.url) moveTo(reply.url);
  improve(main);
  land(main);
}

function toHeading(main) {
  const heading = main.querySelector("h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
}

// ---- Drafts

const DRAFTED = "form[data-answer], form[data-draft]";
const draftOf = (key) => `draft:${me}:${key}`;
const draftKey = (form) => form.dataset.draft ?? keyOf(form);

function remember(form) {
  if (form?.matches(DRAFTED)) write(passing, draftOf(draftKey(form)), fieldsOf(form));
}

function recall(form) {
  const draft = read(passing, draftOf(draftKey(form)), null);
  if (!draft) return;
  const fields = [...form.elements].filter((one) => one.matches(WRITABLE) && !one.disabled);
  for (const field of fields) {
    const values = draft.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
}

// ---- Forms

// What a question was before its reply, for who wants to try again.
const former = new WeakMap();

function send(form, kind, submitter) {
  enqueue(form, kind, submitter);
  return flush();
}

// The other device's answer is kept: this one goes, and the page is left as a link would.
function drop(key) {
  keep(queue.filter((parcel) => parcel.key !== key));
  write(passing, draftOf(key), null);
}

// A question in two buttons; true for the second.
function agreed(question, no, yes) {
  const sheet = document.createElement("dialog");
  const form = document.createElement("form");
  const words = document.createElement("p");
  form.method = "dialog";
  words.textContent = question;
  sheet.setAttribute("aria-label", question);
  form.append(words);
  for (const [value, label] of Object.entries({ no, yes })) {
    const button = document.createElement("button");
    [button.value, button.textContent] = [value, label];
    button.className = value === "no" ? "button primary" : "link";
    form.append(button);
  }
  sheet.append(form);
  document.body.append(sheet);
  sheet.showModal();
  return new Promise((resolve) => {
    sheet.addEventListener("close", () => {
      sheet.remove();
      resolve(sheet.returnValue === "yes");
    });
  });
}

// Nothing of this person stays behind: what waits is sent first, or given up knowingly.
async function leave(form) {
  if (queue.length) await flush();
  const { stay, leave } = live.dataset;
  if (queue.length && !(await agreed(counted("unsent"), stay, leave))) return;
  keep([]);
  const waiting = { type: "hidden", name: "waiting", value: "1" };
  if (tidy(true)) form.append(Object.assign(document.createElement("input"), waiting));
  leaving = true;
  // Without network the session's own cookie stays: this one closes it all the same.
  document.cookie = `left=${me}; path=/; max-age=${31 * 24 * 3600}; SameSite=Lax`;
  form.submit();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const { drop: key, leave: out } = form.dataset;
  if (key) drop(key);
  const kind = Object.keys(arrivals).find((name) => name in form.dataset);
  if (!kind && out === undefined) return;
  event.preventDefault();
  once(form, () => (kind ? send(form, kind, event.submitter) : leave(form)));
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

// ---- Bookmarks

// The heading or the question being read is told once, when the page is left.
let told;

function bookmark() {
  const lesson = document.querySelector("[data-bookmark]");
  const passed = [...(lesson?.querySelectorAll("h2[id], h3[id], .try") ?? [])].filter(
    (one) => one.getBoundingClientRect().top < innerHeight / 2,
  );
  const anchor = passed.at(-1)?.id;
  // At the top there is nothing to come back to, and what was kept before stays.
  if (!anchor || anchor === told || scrollY < 1) return;
  told = anchor;
  // No signal, and nobody to tell if it fails: the page is gone.
  post(lesson.dataset.bookmark, [["anchor", anchor]], { keepalive: true }).catch(() => {});
}

document.addEventListener("visibilitychange", () => document.hidden && bookmark());
addEventListener("pagehide", bookmark);

// ---- Starting

function improve(root) {
  root.querySelectorAll(DRAFTED).forEach(recall);
  root.querySelectorAll("[data-order]:not(.ready)").forEach(order);
  root.querySelector("[data-focus]")?.focus();
}

document.documentElement.classList.add("script");
improve(document);
flush();
addEventListener("online", flush);

// A page of somebody who has left is not shown again: neither in another tab, nor by Back.
const PERSON = "person";

function check() {
  if (me && !leaving && read(lasting, PERSON, "") !== me) location.reload();
}

tidy(false);
if (me) write(lasting, PERSON, me);
addEventListener("pageshow", (event) => event.persisted && check());
addEventListener("storage", ({ key }) => {
  // Another tab may have sent, or kept, an answer.
  if (key === mine) queue = read(lasting, mine, []);
  if (!key || key === PERSON) check();
});
// Following a #link pops a state as well: only another page needs loading.
addEventListener("popstate", () => address() === shown || location.reload());

// What pages that need more than the others build on.
const waiting = (kind) => queue.some((parcel) => parcel.kind === kind);
export { arrivals, live, moveTo, rest, tell, turnTo, waiting };
