// The page: its panes, the tabs of a narrow window, and the connection to the server.

import { follow } from './api.js';
import { Pane } from './pane.js';
import { LABELS, pageTexts, textsFor, visitorLanguage } from './texts.js';

const panes = new Map();
const tabs = document.querySelector('.tabs');
const main = document.querySelector('main');
const language = visitorLanguage();
const texts = pageTexts(language);
let answers = [];
let steps = [];

const page = {
  answers: () => answers,
  changed: (pane) => label(pane),
  alert(text, language) {
    const dialog = document.querySelector('dialog');
    dialog.lang = language;
    dialog.querySelector('p').textContent = text;
    if (!dialog.open) dialog.showModal();
  },
};

dress();
connection('connecting');
follow(show, connection);

function dress() {
  document.documentElement.lang = language;
  document.querySelector('.about p').textContent = texts.about;
  document.querySelector('.steps').ariaLabel = texts.toTry;
  tabs.ariaLabel = main.ariaLabel = document.querySelector('.skip').ariaLabel = texts.chats;
}

/** The way through an order, with each button named as its chat has it. */
function tell() {
  const told = (chat) => [...panes.values()].find((pane) => pane.isGroup === (chat === 'staff'))?.language ?? language;
  steps = texts.steps.map(({ text, chat, button }) => {
    const label = button && LABELS[told(chat)][button];
    const meaning = LABELS[language][button];
    return { label, words: text.replace('{button}', label === meaning ? '*{}*' : `*{}* (${meaning})`), language: told(chat) };
  });
  document.querySelector('.steps').replaceChildren(...steps.map(step));
}

function step({ words, label, language }) {
  const item = document.createElement('li');
  item.append(...words.split('*').map((part, index) => {
    return index % 2 ? Object.assign(document.createElement('b'), { lang: language, textContent: label }) : part;
  }));
  return item;
}

function show(state) {
  answers = state.answers;
  for (const paneState of state.panes) {
    const pane = panes.get(paneState.pane) ?? open(paneState);
    pane.update(paneState);
  }
  for (const pane of panes.values()) pane.answered(answers);
  if (steps.length === 0) tell();
  showStep();
}

/** Marks what to try next: the furthest step of the order's life for which the chats are ready. */
function showStep() {
  const all = [...panes.values()];
  const ready = [
    true,
    all.some((pane) => !pane.isGroup && pane.messages.size > 0),
    all.some((pane) => pane.offers(steps[2].label)),
    all.some((pane) => pane.offers(steps[3].label)),
    all.some((pane) => !pane.isGroup && pane.holdsKeys()),
  ];
  const current = ready.lastIndexOf(true);
  [...document.querySelector('.steps').children].forEach((step, index) => {
    step.ariaCurrent = index === current ? 'step' : 'false';
  });
}

function open(state) {
  const pane = new Pane(state, page);
  panes.set(pane.key, pane);
  main.append(pane.node);
  tabs.append(tab(pane));
  document.querySelector('.skip').append(skip(pane));
  if (panes.size === 1) choose(pane.key);
  return pane;
}

function skip(pane) {
  const button = Object.assign(document.createElement('button'), { type: 'button', textContent: texts.skip(pane.title) });
  button.addEventListener('click', () => {
    choose(pane.key);
    pane.enter();
  });
  return button;
}

function tab(pane) {
  const button = Object.assign(document.createElement('button'), { type: 'button', role: 'tab', id: `tab-${pane.key}` });
  button.lang = pane.language;
  button.dataset.tab = pane.key;
  button.setAttribute('aria-controls', pane.node.id);
  button.setAttribute('aria-selected', 'false');
  button.tabIndex = -1;
  const name = Object.assign(document.createElement('span'), { textContent: pane.title });
  button.append(name, Object.assign(document.createElement('span'), { className: 'badge', hidden: true }));
  button.addEventListener('click', () => choose(pane.key));
  button.addEventListener('keydown', move);
  return button;
}

/** Brings one pane into view in a narrow window; a wide one shows them all. */
function choose(key) {
  for (const [other, pane] of panes) {
    const chosen = other === key;
    pane.node.toggleAttribute('data-chosen', chosen);
    const button = document.getElementById(`tab-${other}`);
    button?.setAttribute('aria-selected', String(chosen));
    if (button) button.tabIndex = chosen ? 0 : -1;
  }
  panes.get(key).seen();
}

function move(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const all = [...tabs.children];
  const next = all.at((all.indexOf(event.currentTarget) + step) % all.length);
  choose(next.dataset.tab);
  next.focus();
}

function label(pane) {
  const badge = document.querySelector(`#tab-${pane.key} .badge`);
  if (!badge) return;
  badge.hidden = pane.unread === 0;
  badge.textContent = pane.unread;
  badge.ariaLabel = textsFor(pane.language).unread(pane.unread);
}

function connection(name) {
  document.body.dataset.connection = name;
  document.querySelector('.connection').textContent = texts.connection[name];
}
