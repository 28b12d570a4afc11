// One message of a chat: its nodes are made once, and only what changed is touched.

import { link, openable, richText } from './rich_text.js';
import { fileSize, localeOf } from './texts.js';

export class MessageView {
  /** `chat` is the pane that shows the message: its language, texts and actions. */
  constructor(chat) {
    this.chat = chat;
    this.shown = {};
    this.node = document.getElementById('message-template').content.firstElementChild.cloneNode(true);
    this.part = (selector) => this.node.querySelector(selector);
    this.part('.reply').addEventListener('click', () => chat.replyTo(this.message));
    this.part('.quote').addEventListener('click', () => chat.reveal(this.message.reply_to));
    this.part('.edit').addEventListener('click', () => chat.edit(this.message));
    this.part('.edit').title = chat.texts.edit;
    this.part('.reply').title = chat.texts.reply;
    this.part('.keyboard').ariaLabel = chat.texts.keyboard;
    this.part('.photo').addEventListener('click', () => chat.enlarge(this.message));
    this.part('.photo img').addEventListener('load', () => chat.settleScroll());
    this.part('.photo img').addEventListener('error', () => this.placePhoto('broken'));
  }

  /** `context`: whether it is the actor's own, whether it follows one by the same sender, and the quoted message. */
  update(message, context) {
    this.message = message;
    this.node.dataset.messageId = message.id;
    this.node.dataset.from = context.mine ? 'me' : message.from.bot ? 'bot' : 'other';
    this.node.toggleAttribute('data-follows', context.follows);
    this.when('service', message.service, () => this.service());
    this.when('sender', [message.from.name, context.mine], () => this.sender(context));
    this.when('quote', [message.reply_to, context.quoted], () => this.quote(context.quoted));
    this.when('document', [message.document, message.protected], () => this.document());
    this.when('photo', message.photo, () => this.placePhoto('shown'));
    this.when('placeholder', message.placeholder, () => this.placeholder(message.placeholder));
    this.when('text', [message.text, message.entities], () => this.text());
    this.when('names', [message.from.name, summary(message, this.chat.texts)], () => this.names());
    this.when('edit', [context.mine, message.date], () => this.editable(context));
    this.when('reaction', message.reaction, () => this.reaction());
    this.when('meta', [message.date, message.edited, message.protected, message.unseen, context.mine], () => this.meta(context));
    this.when('keyboard', message.keyboard, () => this.keyboard());
  }

  /** Shows the button as working, until `settle`. */
  busy(button) {
    button.ariaBusy = 'true';
  }

  settle() {
    for (const button of this.node.querySelectorAll('[aria-busy="true"]')) button.removeAttribute('aria-busy');
  }

  when(name, value, change) {
    const key = JSON.stringify(value ?? null);
    if (this.shown[name] === key) return;
    this.shown[name] = key;
    change();
  }

  sender({ mine }) {
    const { from } = this.message;
    this.part('.sender').textContent = from.name;
    this.part('.sender').hidden = mine || !this.chat.isGroup;
    this.node.ariaLabel = from.name;
  }

  /** What Telegram itself says stands in the middle, without a bubble. */
  service() {
    const { service } = this.message;
    this.node.toggleAttribute('data-service', Boolean(service));
    this.part('.service').hidden = !service;
    this.part('.service').textContent = service ? said(service, this.chat.texts) : '';
  }

  quote(quoted) {
    const node = this.part('.quote');
    node.hidden = this.message.reply_to === null;
    node.querySelector('b').textContent = quoted?.from.name ?? this.chat.texts.deletedMessage;
    node.querySelector('span').textContent = quoted ? summary(quoted, this.chat.texts) : '';
  }

  /** What a screen reader calls the buttons beside the message, and what stands on it. */
  names() {
    const { texts } = this.chat;
    const words = summary(this.message, texts).slice(0, 40).trim();
    const named = (name) => (words ? `${name}: ${words}` : name);
    this.part('.reply').ariaLabel = named(texts.reply);
    this.part('.edit').ariaLabel = named(texts.edit);
    this.part('.keyboard').ariaLabel = named(texts.keyboard);
  }

  /** As in Telegram, people change their own words and captions. */
  editable({ mine }) {
    this.part('.edit').hidden = !mine || (this.message.text === '' && !this.message.document && !this.message.photo);
  }

  reaction() {
    const { reaction } = this.message;
    this.part('.reaction').hidden = !reaction;
    this.part('.reaction').textContent = reaction ?? '';
    this.part('.reaction').title = this.chat.texts.reaction;
  }

  document() {
    const { document: file, protected: kept } = this.message;
    const node = this.part('.document');
    node.hidden = !file;
    if (!file) return;
    const size = fileSize(file.size, this.chat.language);
    node.toggleAttribute('data-protected', kept);
    if (!kept) {
      node.href = file.href;
      node.download = file.name;
      node.ariaLabel = this.chat.texts.download(file.name, size);
    }
    node.querySelector('b').textContent = file.name;
    node.querySelector('small').textContent = size;
  }

  /** A photo that the browser cannot read is only named. */
  placePhoto(condition) {
    const { photo } = this.message;
    const node = this.part('.photo');
    const broken = condition === 'broken';
    node.hidden = !photo || broken;
    if (broken) this.placeholder('photo');
    if (!photo || broken) return;
    node.ariaLabel = node.title = this.chat.texts.enlarge;
    node.querySelector('img').src = photo.src;
  }

  placeholder(name) {
    this.part('.placeholder').hidden = !name;
    this.part('.placeholder').textContent = this.chat.texts.placeholders[name] ?? '';
  }

  text() {
    const { text, entities } = this.message;
    const node = this.part('.text');
    node.hidden = text === '';
    node.replaceChildren(richText(text, entities, {
      command: (command) => this.chat.say(command),
      deepLinks: !this.chat.isGroup,
      labels: this.chat.texts,
      locale: localeOf(this.chat.language),
      copy: (words) => this.chat.copy(words),
    }));
  }

  meta({ mine }) {
    const { date, edited, protected: kept, unseen, from } = this.message;
    const { texts } = this.chat;
    const locale = localeOf(this.chat.language);
    // Bots redraw their messages all the time, so Telegram's clients mark only what people edited.
    const marks = [kept && texts.protected, unseen && texts.unseen, edited && !from.bot && texts.edited].filter(Boolean);
    this.part('.marks').replaceChildren(...marks.map(({ name, why }) => {
      return Object.assign(document.createElement('span'), { textContent: name, title: why });
    }));
    const at = new Date(date * 1000);
    const time = this.part('.meta time');
    time.dateTime = at.toISOString();
    time.textContent = at.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false });
    time.title = at.toLocaleString(locale);
    this.part('.ticks').toggleAttribute('hidden', !mine);
  }

  keyboard() {
    const keyboard = this.part('.keyboard');
    const hadFocus = keyboard.contains(document.activeElement);
    const old = [...keyboard.querySelectorAll('.key')];
    const rows = this.message.keyboard.map((row) => {
      const line = Object.assign(document.createElement('div'), { className: 'row' });
      line.append(...row.map((button) => reuse(old, JSON.stringify(button)) ?? this.key(button)));
      return line;
    });
    const focused = document.activeElement;
    keyboard.replaceChildren(...rows);
    keyboard.hidden = rows.length === 0;
    if (!hadFocus) return;
    // The pressed button may be gone: the reader stays at this message.
    const next = focused?.isConnected ? focused : keyboard.querySelector('.key') ?? this.node;
    next.focus({ preventScroll: true });
  }

  key(button) {
    const { label, url, copies, disabled } = button;
    if (url && openable(url)) {
      const anchor = link(url, { command: (text) => this.chat.say(text), deepLinks: !this.chat.isGroup });
      return dress(anchor, anchor.localName === 'a' ? 'key outside' : 'key', button);
    }
    const key = Object.assign(document.createElement('button'), { type: 'button' });
    // Still reached with the keyboard, so that it is read out.
    if (disabled) key.ariaDisabled = 'true';
    key.addEventListener('click', () => {
      if (disabled || key.ariaBusy === 'true') return;
      if (copies) this.chat.copy(copies);
      else this.chat.tap(this, key, label);
    });
    return dress(key, copies ? 'key copies' : 'key', button);
  }
}

/** The first words of a message, for a quote. */
export function summary(message, texts) {
  const words = [message.service && said(message.service, texts), message.document?.name, message.photo && texts.placeholders.photo, texts.placeholders[message.placeholder], message.text].filter(Boolean).join(': ');
  return words.replace(/\s+/g, ' ').slice(0, 120);
}

function said({ kind, name }, texts) {
  return texts.services[kind](name);
}

function dress(node, className, button) {
  node.className = className;
  node.dataset.button = JSON.stringify(button);
  if (button.style) node.dataset.style = button.style;
  node.textContent = button.label;
  return node;
}

function reuse(old, button) {
  const index = old.findIndex((key) => key.dataset.button === button);
  return index < 0 ? null : old.splice(index, 1)[0];
}
