"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 40rem)");
const STEP_S = 5;
const PAUSE_S = 8;
const SILENCE_S = 30;
const LONG_SILENCE_S = 240;
const NO_SCROLL_MS = 6000;
const RECONNECT_MS = 2000;
const AGAIN_S = 3;

let shown = { language: document.documentElement.lang, length_s: 0, blocks: [], words: [] };
let sound = new Audio();
let soundUrl = "";
let nextSound = null;
let partButtons = [];
let hasPlayed = false;
let chosen = data.files[0]?.about;
let scrolledAt = -Infinity;
let ticking = 0;
let announced = null;
let awake = null;

function say(name) {
  return (data.wording[shown.language] ?? data.wording.en)[name];
}

function createElement(tag, about = {}, ...inside) {
  const element = Object.assign(document.createElement(tag), about);
  element.append(...inside);
  return element;
}

function put(id, text) {
  if (find(id).textContent !== text) find(id).textContent = text;
}

function clock(seconds) {
  const whole = new Date(Math.floor(seconds) * 1000).toISOString().slice(11, 19);
  return whole.replace(/^(00:)?0?/, "");
}

const within = (part, time_s) => part.start_s <= time_s && time_s < part.end_s;
const blockAt = (time_s) => shown.blocks.find((block) => within(block, time_s)) ?? shown.blocks.at(-1);
const wordsAt = (time_s) => shown.words.find((words) => within(words, time_s));

// Contents

function show(contents) {
  const whole = contents.picture !== undefined;
  if (whole) {
    shown = contents;
    document.documentElement.lang = shown.language;
    document.title = find("name").textContent = shown.title;
    find("facts").textContent = shown.facts;
    label();
    listFiles();
    draw();
    write();
    if (shown.sound) load(shown.sound);
  }
  find("player").hidden = find("words").hidden = shown.picture === undefined;
  showProblems(contents.problems ?? []);
  note("outdated", !whole && shown.picture !== undefined);
  showState();
}

function note(name, holds) {
  document.body.classList.toggle(name, holds);
  const shownNote = ["lost", "gone", "outdated", "unplayable"].find((one) => document.body.classList.contains(one));
  put("note", shownNote ? say(shownNote) : "");
}

function label() {
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const id of ["back", "next"]) find(id).setAttribute("aria-label", say(`${id}_part`));
  find("place").setAttribute("aria-label", say("place"));
  find("place").max = shown.length_s;
}

function draw() {
  const picture = new DOMParser().parseFromString(shown.picture, "image/svg+xml").documentElement;
  find("picture").replaceChildren(document.importNode(picture, true));
  fit();
}

function fit() {
  const picture = find("picture").firstElementChild;
  if (!picture) return;
  picture.dataset.wide ??= picture.getAttribute("viewBox");
  picture.setAttribute("viewBox", narrow.matches ? "0 138 1200 148" : picture.dataset.wide);
  picture.setAttribute("preserveAspectRatio", narrow.matches ? "none" : "xMidYMid");
}

function write() {
  const focused = partButtons.findIndex(([, partButton]) => partButton === document.activeElement);
  partButtons = [];
  find("script").replaceChildren(...shown.blocks.map(paragraph));
  partButtons[focused]?.[1].focus({ preventScroll: true });
}

function paragraph(block, index) {
  const heading = createElement("h3", {}, button(block, block.title));
  const lines = createElement("ol");
  let quietFrom_s = block.start_s;
  for (const words of shown.words.filter((one) => one.block === index)) {
    lines.append(...quiet(quietFrom_s, words.start_s));
    const line = createElement("li", { className: words.counted ? "counted" : "" }, button(words, words.text));
    line.classList.toggle("after-pause", words.start_s - quietFrom_s > PAUSE_S);
    lines.append(line);
    quietFrom_s = words.end_s;
  }
  lines.append(...quiet(quietFrom_s, block.end_s));
  const item = createElement("li", {}, heading, lines);
  item.style.setProperty("--own", `var(--${block.ink})`);
  return item;
}

function button(part, text) {
  const time = createElement("span", { className: "time", textContent: clock(part.start_s) });
  const partButton = createElement("button", { type: "button" }, time, " ", createElement("span", { textContent: text }));
  // Keeps the focus where it is, so that space still plays and pauses.
  partButton.addEventListener("mousedown", (event) => event.preventDefault());
  partButton.addEventListener("click", () => listen(part.start_s));
  partButtons.push([part, partButton]);
  return partButton;
}

function quiet(from_s, until_s) {
  const lasts_s = until_s - from_s;
  if (lasts_s < SILENCE_S) return [];
  const line = createElement("li", { className: "quiet", textContent: say("quiet").replace("{}", clock(lasts_s)) });
  line.style.setProperty("--lasts", Math.min(1, lasts_s / LONG_SILENCE_S));
  return [line];
}

// The files that a phone can save, of "coach send"

function listFiles() {
  const titles = [...new Set(data.files.map((file) => file.title))];
  find("variants").replaceChildren();
  for (const title of titles) {
    const items = data.files.filter((file) => file.title === title).map(fileItem);
    if (titles.length > 1) find("variants").append(createElement("h3", { textContent: title }));
    find("variants").append(createElement("ul", {}, ...items));
  }
  find("files").hidden = !data.files.length;
}

function fileItem(file) {
  const size = createElement("span", { className: "size", textContent: file.size });
  const link = createElement("a", { href: file.save, download: "" }, say("save"), " ", size);
  if (data.files.length === 1) return createElement("li", {}, link);
  const choice = createElement("button", { type: "button", lang: file.language, textContent: file.label });
  choice.setAttribute("aria-pressed", file.about === chosen);
  choice.addEventListener("click", () => choose(file));
  link.setAttribute("aria-label", `${say("save")}: ${file.title}, ${file.label}, ${file.size}`);
  return createElement("li", {}, choice, link);
}

async function choose(file) {
  sound.pause();
  chosen = file.about;
  try {
    const answer = await fetch(file.about);
    const contents = await answer.json();
    if (chosen !== file.about) return;
    drop(sound); // not to be heard under another title
    [sound, soundUrl] = [new Audio(), ""];
    show(contents);
    note("gone", false);
  } catch {
    note("gone", true);
  }
}

function showProblems(problems) {
  const broken = problems.some((problem) => problem.severity === "error");
  find("problems").hidden = !problems.length;
  find("problems-name").textContent = problems.length ? say(broken ? "errors" : "advice") : "";
  find("problems-name").lang = shown.language;
  find("problems").querySelector("ul").replaceChildren(...problems.map(problemItem));
}

function problemItem(problem) {
  const place = [problem.file, problem.line, problem.column].filter(Boolean).join(":");
  const head = createElement("p", {}, createElement("strong", { textContent: problem.message }));
  head.append(" ", createElement("span", { className: "place", textContent: `${place} ${problem.code}` }));
  const item = createElement("li", { className: problem.severity }, head);
  if (problem.excerpt) item.append(createElement("pre", { textContent: problem.excerpt }));
  if (problem.help) item.append(createElement("p", { className: "help", textContent: problem.help }));
  return item;
}

// The sound; its clock is the only one

function load(url) {
  if (url === soundUrl) return;
  soundUrl = url;
  drop(nextSound);
  const next = (nextSound = new Audio());
  next.preload = "auto";
  next.addEventListener("loadedmetadata", () => change(next), { once: true });
  next.addEventListener("error", () => fail(next));
  next.src = url.startsWith("data:") ? blobUrl(url) : url;
  showState();
}

function fail(audio) {
  if (audio !== nextSound && audio !== sound) return;
  soundUrl = "";
  if (data.files.length) note("gone", true);
  else if (audio === nextSound) note("unplayable", true);
  if (audio === nextSound) nextSound = null;
  showState();
}

function drop(audio) {
  if (!audio?.src) return;
  URL.revokeObjectURL(audio.src);
  audio.removeAttribute("src");
  audio.load(); // stops loading
}

function blobUrl(url) {
  const [head, body] = url.split(",", 2);
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return URL.createObjectURL(new Blob([bytes], { type: head.slice("data:".length).split(";")[0] }));
}

function change(next) {
  if (next !== nextSound) return;
  next.currentTime = Math.min(sound.currentTime, next.duration);
  next.addEventListener("seeked", () => take(next), { once: true });
}

function take(next) {
  if (next !== nextSound) return;
  const [before, playing] = [sound, !sound.paused];
  [sound, nextSound] = [next, null];
  note("unplayable", false);
  note("gone", false);
  if (before.src && Math.abs(before.currentTime - next.currentTime) > 1) next.currentTime = before.currentTime;
  for (const event of ["play", "pause"]) next.addEventListener(event, showState);
  for (const event of ["play", "seeked", "timeupdate"]) next.addEventListener(event, tick);
  for (const event of ["play", "seeked"]) next.addEventListener(event, showPosition);
  if (playing) start();
  before.pause();
  drop(before);
  showState();
}

function start() {
  hasPlayed = true;
  if (!soundUrl && shown.sound) load(shown.sound); // it was lost
  const waiting = !sound.src && nextSound; // a phone that saves power loads nothing before it is asked to play
  (waiting || sound).play().catch(showState);
}

function skip(step) {
  const time_s = sound.currentTime;
  const starts_s = shown.blocks.map((block) => block.start_s);
  const before_s = starts_s.filter((start_s) => start_s <= time_s - AGAIN_S).at(-1) ?? 0;
  seek(step < 0 ? before_s : (starts_s.find((start_s) => start_s > time_s) ?? shown.length_s));
}

function seek(time_s) {
  sound.currentTime = Math.max(0, Math.min(time_s, sound.duration || 0));
  scrolledAt = -Infinity;
  follow();
  showPlace();
}

function listen(time_s) {
  seek(time_s);
  start();
}

function toggle() {
  if (sound.paused) start();
  else sound.pause();
}

// What follows the position of the sound

function tick() {
  follow();
  cancelAnimationFrame(ticking);
  if (!sound.paused) ticking = requestAnimationFrame(tick);
}

function follow() {
  const time_s = sound.currentTime;
  find("paper").style.setProperty("--share", shown.length_s ? Math.min(1, time_s / shown.length_s) : 0);
  find("place").value = time_s;
  put("clock", `${clock(time_s)} / ${clock(shown.length_s)}`);
  put("block", blockAt(time_s)?.title ?? "");
  announce(blockAt(time_s));
  for (const [part, partButton] of partButtons) {
    const current = within(part, time_s);
    if (current !== partButton.hasAttribute("aria-current")) setCurrent(partButton, current);
  }
}

function setCurrent(partButton, current) {
  if (!current) return partButton.removeAttribute("aria-current");
  partButton.setAttribute("aria-current", "true");
  reveal(partButton);
}

function reveal(partButton) {
  if (!hasPlayed || performance.now() - scrolledAt < NO_SCROLL_MS) return;
  partButton?.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

function showState() {
  document.body.classList.toggle("playing", !sound.paused);
  find("play").disabled = !sound.src && !nextSound && !data.files.length;
  for (const id of ["back", "next"]) find(id).disabled = !sound.src;
  find("play").setAttribute("aria-label", say(sound.paused ? "play" : "pause"));
  follow();
  showPlace();
  keepAwake();
  if (!sound.paused) reveal([...document.querySelectorAll("#script [aria-current]")].at(-1));
}

function showPlace() {
  const time_s = sound.currentTime;
  const text = [clock(time_s), blockAt(time_s)?.title].filter(Boolean).join(", ");
  find("place").setAttribute("aria-valuetext", text);
}

// The lock screen, and a screen that stays awake where the browser lets it

function announce(block) {
  if (!navigator.mediaSession || !sound.src || !hasPlayed) return;
  if (announced !== block) {
    announced = block;
    const { title: artist, artwork } = shown;
    navigator.mediaSession.metadata = new MediaMetadata({ title: block?.title ?? "", artist, artwork });
  }
}

function showPosition() {
  if (!navigator.mediaSession?.setPositionState || !(sound.duration > 0)) return;
  navigator.mediaSession.setPositionState({ duration: sound.duration, position: Math.min(sound.currentTime, sound.duration) });
}

function handleMediaKeys() {
  const handlers = {
    play: start,
    pause: () => sound.pause(),
    previoustrack: () => skip(-1),
    nexttrack: () => skip(1),
    seekto: (event) => seek(event.seekTime),
  };
  for (const [action, handler] of Object.entries(handlers)) navigator.mediaSession?.setActionHandler(action, handler);
}

async function keepAwake() {
  const wanted = !sound.paused && document.visibilityState === "visible";
  if (!navigator.wakeLock || wanted === Boolean(awake)) return;
  if (!wanted) {
    const lock = awake;
    awake = null;
    await lock.release?.();
    return;
  }
  awake = {}; // until it is given
  try {
    const lock = await navigator.wakeLock.request("screen");
    if (awake) awake = lock;
    else lock.release();
  } catch {
    awake = null;
  }
}

// Input

function pointAt(event) {
  const share = event.offsetX / find("place").offsetWidth;
  const time_s = Math.max(0, Math.min(1, share)) * shown.length_s;
  const text = [clock(time_s), wordsAt(time_s)?.text ?? blockAt(time_s)?.title].filter(Boolean).join("  ");
  find("pointed").textContent = text;
  find("pointed").style.setProperty("--pointed", Math.max(0, Math.min(1, share)));
  find("pointed").hidden = false;
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const onButton = event.target.closest("button");
  const steps = { ArrowLeft: -STEP_S, ArrowRight: STEP_S };
  if (event.key === " " && !onButton) toggle();
  else if (event.key in steps) seek(sound.currentTime + steps[event.key]);
  else return;
  event.preventDefault();
}

function noteScroll() {
  scrolledAt = performance.now();
}

// Events of "coach watch"

function watch(url) {
  const stream = new EventSource(url);
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onopen = () => {
    note("lost", false);
    if (shown.sound) load(shown.sound); // in case it was lost as well
  };
  stream.onerror = () => {
    note("lost", true);
    if (stream.readyState === EventSource.CLOSED) setTimeout(watch, RECONNECT_MS, url);
  };
}

find("play").addEventListener("click", toggle);
find("back").addEventListener("click", () => skip(-1));
find("next").addEventListener("click", () => skip(1));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") awake = null; // the browser takes it back
  keepAwake();
});
handleMediaKeys();
find("place").addEventListener("input", (event) => seek(Number(event.target.value)));
find("place").addEventListener("pointerup", start);
find("place").addEventListener("pointermove", pointAt);
find("place").addEventListener("pointerleave", () => (find("pointed").hidden = true));
document.addEventListener("keydown", press);
for (const event of ["wheel", "touchmove"]) document.addEventListener(event, noteScroll, { passive: true });
narrow.addEventListener("change", fit);
show(data.contents);
if (data.live) watch(data.live);
