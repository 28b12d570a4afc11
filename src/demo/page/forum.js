// The topics of a group: the list of them, which one is read, and its heading, as Telegram's apps have them.

import { summary } from './message.js';
import { localeOf } from './texts.js';

// The topic that every such group has. Its name comes from Telegram's servers, in English.
const GENERAL = 1;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

export class Forum {
  /** `pane` is the chat; its `read(topic)` is called with the topic that a reader opens, or with null for the list. */
  constructor(pane) {
    this.pane = pane;
    this.texts = pane.texts;
    this.topics = [];
    this.unread = new Map();
    /** The topic that is read; null where the list is. */
    this.current = null;
    this.list = pane.node.querySelector('.topics ul');
    this.heading = pane.node.querySelector('.topic-header');
    const back = this.heading.querySelector('.back');
    back.ariaLabel = back.title = this.texts.topics.back;
    back.addEventListener('click', () => this.leave());
    this.list.addEventListener('keydown', (event) => this.move(event));
  }

  get isDivided() {
    return this.topics.length > 0;
  }

  /** Whether a topic is still to be chosen. */
  get isAtList() {
    return this.isDivided && this.current === null;
  }

  get isClosed() {
    return this.topics.find((topic) => topic.id === this.current)?.closed ?? false;
  }

  /** Whether a message stands where the reader is. */
  shows(message) {
    return message.topic === undefined || message.topic === this.current;
  }

  /** `missed` are the messages that have come in meanwhile where the reader is not. */
  update({ topics, messages, title }, missed = []) {
    this.topics = topics;
    for (const { topic } of missed.filter(({ topic }) => topic !== undefined)) {
      this.unread.set(topic, (this.unread.get(topic) ?? 0) + 1);
    }
    if (!topics.some((topic) => topic.id === this.current)) this.current = null;
    const newest = new Map(messages.map((message) => [message.topic, message]));
    const { node } = this.pane;
    node.toggleAttribute('data-forum', this.isDivided);
    node.dataset.view = this.isAtList ? 'topics' : 'chat';
    node.querySelector('.topics').hidden = !this.isDivided;
    node.querySelector('.topics').ariaLabel = this.texts.topics.list(title);
    const age = (topic) => newest.get(topic.id)?.id ?? topic.id;
    const key = JSON.stringify([topics, [...newest], [...this.unread], this.current]);
    if (key === this.shown) return;
    this.shown = key;
    this.fill([...topics].sort((a, b) => age(b) - age(a)).map((topic) => this.entry(topic, newest.get(topic.id))));
    this.head();
  }

  choose(topic) {
    this.current = topic;
    this.unread.delete(topic);
  }

  /** What arrived in the topic that is read while its chat was out of view is seen now. */
  seen() {
    if (!this.unread.delete(this.current)) return;
    this.update(this.pane.state);
  }

  /** Gives the focus to the list. */
  focus() {
    this.list.querySelector('[tabindex="0"]')?.focus();
  }

  leave() {
    const left = this.current;
    this.pane.read(null);
    this.list.querySelector(`[data-topic="${left}"]`)?.focus();
  }

  name({ id, name }) {
    return id === GENERAL && name === 'General' ? this.texts.topics.general : name;
  }

  fill(entries) {
    const focused = document.activeElement?.dataset.topic;
    const had = this.list.contains(document.activeElement);
    this.list.replaceChildren(...entries);
    const all = [...this.list.querySelectorAll('button')];
    const stop = all.find((button) => Number(button.dataset.topic) === this.current) ?? all[0];
    if (stop) stop.tabIndex = 0;
    if (had) all.find((button) => button.dataset.topic === focused)?.focus();
  }

  entry(topic, newest) {
    const { texts } = this;
    const name = this.name(topic);
    const unread = this.unread.get(topic.id) ?? 0;
    const button = part('button', 'topic');
    Object.assign(button, { type: 'button', tabIndex: -1 });
    button.dataset.topic = topic.id;
    button.ariaCurrent = String(topic.id === this.current);
    button.ariaLabel = [name, topic.closed && texts.topics.closed].filter(Boolean).join(', ') + (unread ? texts.unread(unread) : '');
    const words = part('span', 'topic-words');
    words.append(part('b', '', name), part('span', 'preview', newest ? this.preview(newest) : ''));
    const side = part('span', 'topic-side');
    if (topic.closed) side.append(lock(texts.topics.closed));
    if (newest) side.append(part('time', '', this.time(newest.date)));
    if (unread) side.append(part('span', 'badge', unread));
    button.append(icon(topic, name), words, side);
    button.addEventListener('click', () => {
      this.pane.read(topic.id);
      this.pane.enter();
    });
    const item = document.createElement('li');
    item.append(button);
    return item;
  }

  preview(message) {
    const words = summary(message, this.texts);
    return message.service ? words : `${message.from.name}: ${words}`;
  }

  time(date) {
    const locale = localeOf(this.pane.language);
    return new Date(date * 1000).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
  }

  head() {
    const topic = this.topics.find(({ id }) => id === this.current);
    this.heading.hidden = !topic;
    if (!topic) return;
    const name = this.name(topic);
    this.heading.querySelector('.topic-icon').replaceWith(icon(topic, name));
    this.heading.querySelector('h3').textContent = name;
    this.heading.querySelector('.lock')?.remove();
    if (topic.closed) this.heading.append(lock(this.texts.topics.closed));
  }

  move(event) {
    const all = [...this.list.querySelectorAll('button')];
    const at = all.indexOf(document.activeElement);
    const next = { Home: 0, End: all.length - 1 }[event.key] ?? (STEPS[event.key] ? at + STEPS[event.key] : undefined);
    if (next === undefined) return;
    event.preventDefault();
    all[Math.min(Math.max(next, 0), all.length - 1)].focus();
  }
}

function part(tag, className, text = '') {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

/** A bubble of the topic's colour with its first letter. */
function icon({ id, color }, name) {
  const node = part('span', 'topic-icon', id === GENERAL ? '#' : [...name][0]?.toUpperCase() ?? '');
  if (id === GENERAL) node.classList.add('general');
  else node.style.setProperty('--topic', color);
  node.ariaHidden = 'true';
  return node;
}

function lock(title) {
  const node = part('span', 'lock');
  node.append(document.getElementById('lock-template').content.cloneNode(true));
  node.title = title;
  return node;
}
