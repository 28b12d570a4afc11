// The box at the foot of a chat: text, a file, a reply, and the bot's commands.

import { summary } from './message.js';
import { fileSize } from './texts.js';

// As the server holds it, so that a file too large is refused before it travels.
const FILE_LIMIT = 20 * 1024 * 1024;

export class Composer {
  /** `chat` is the pane around it; its `send({text, file, replyTo})` resolves to whether it was sent. */
  constructor(chat) {
    this.chat = chat;
    this.texts = chat.texts;
    this.file = null;
    this.reply = null;
    this.form = chat.node.querySelector('.composer');
    this.input = this.form.querySelector('textarea');
    this.picker = this.form.querySelector('input[type="file"]');
    this.commands = this.form.querySelector('.commands');
    this.dress();
    this.listen();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Shows the bot's commands for this chat. */
  show(commands) {
    const key = JSON.stringify(commands);
    if (key === this.shownCommands) return;
    this.shownCommands = key;
    this.commands.replaceChildren(...commands.map((entry) => this.command(entry)));
    if (commands.length === 0) {
      const none = Object.assign(document.createElement('li'), { textContent: this.texts.noCommands });
      this.commands.append(none);
    }
  }

  replyTo(message) {
    this.reply = message.id;
    this.strip('.replying', this.texts.replyTo(message.from.name), summary(message, this.texts));
    this.focus();
  }

  attach(file) {
    if (file.size > FILE_LIMIT) {
      this.chat.toast(this.texts.errors.too_large, 'error');
      return;
    }
    this.file = file;
    this.strip('.attached', file.name, fileSize(file.size, this.chat.language));
    this.label(this.texts.caption);
    this.focus();
  }

  detach() {
    this.file = null;
    this.picker.value = '';
    this.form.querySelector('.attached').hidden = true;
    this.label(this.texts.message);
  }

  cancelReply() {
    this.reply = null;
    this.form.querySelector('.replying').hidden = true;
  }

  async submit() {
    const text = this.input.value.trim();
    if (text === '' && !this.file) {
      this.focus();
      return;
    }
    if (this.sending) return;
    this.sending = true;
    const sent = await this.chat.send({ text, file: this.file, replyTo: this.reply });
    this.sending = false;
    if (!sent) return;
    this.input.value = '';
    this.fit();
    this.detach();
    this.cancelReply();
    this.focus();
  }

  dress() {
    const labels = { menu: 'menu', attach: 'attach', send: 'send', detach: 'detach', 'cancel-reply': 'cancelReply' };
    for (const [action, text] of Object.entries(labels)) {
      const button = this.button(action);
      button.ariaLabel = button.title = this.texts[text];
    }
    this.picker.ariaLabel = this.texts.attach;
    this.commands.ariaLabel = this.texts.menu;
    this.commands.id = `commands-${this.chat.key}`;
    this.button('menu').setAttribute('aria-controls', this.commands.id);
    this.label(this.texts.message);
  }

  listen() {
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener('input', () => this.fit());
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('paste', (event) => this.take(event, event.clipboardData));
    this.button('attach').addEventListener('click', () => this.picker.click());
    this.picker.addEventListener('change', () => {
      if (this.picker.files[0]) this.attach(this.picker.files[0]);
    });
    this.button('detach').addEventListener('click', () => this.detach());
    this.button('cancel-reply').addEventListener('click', () => {
      this.cancelReply();
      this.focus();
    });
    this.chat.node.addEventListener('dragover', (event) => {
      if (event.dataTransfer.types.includes('Files')) event.preventDefault();
    });
    this.chat.node.addEventListener('drop', (event) => this.take(event, event.dataTransfer));
    this.listenToMenu();
  }

  listenToMenu() {
    const menu = this.button('menu');
    menu.addEventListener('click', () => this.open(this.commands.hidden));
    this.form.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.commands.hidden) return;
      this.open(false);
      menu.focus();
    });
    this.commands.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const all = [...this.commands.querySelectorAll('button')];
      all.at((all.indexOf(document.activeElement) + step) % all.length)?.focus();
    });
    document.addEventListener('pointerdown', (event) => {
      if (!this.commands.contains(event.target) && !menu.contains(event.target)) this.open(false);
    });
  }

  key(event) {
    if (event.key === 'Escape') this.cancelReply();
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  take(event, transfer) {
    const file = transfer.files[0];
    if (!file || this.form.hidden) return;
    event.preventDefault();
    this.attach(file);
  }

  command({ command, description }) {
    const item = document.createElement('li');
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    button.dataset.command = `/${command}`;
    const name = Object.assign(document.createElement('b'), { textContent: `/${command}` });
    button.append(name, Object.assign(document.createElement('span'), { textContent: description }));
    button.addEventListener('click', () => {
      this.open(false);
      this.focus();
      this.chat.send({ text: `/${command}`, file: null, replyTo: null });
    });
    item.append(button);
    return item;
  }

  open(opened) {
    this.commands.hidden = !opened;
    this.button('menu').ariaExpanded = String(opened);
    if (opened) this.commands.querySelector('button')?.focus();
  }

  strip(selector, title, detail) {
    const node = this.form.querySelector(selector);
    node.hidden = false;
    node.querySelector('b').textContent = title;
    node.querySelector('span').textContent = detail;
  }

  label(text) {
    this.input.placeholder = text;
    this.input.ariaLabel = text;
  }

  fit() {
    this.input.style.height = 'auto';
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  button(action) {
    return this.form.querySelector(`[data-action="${action}"]`);
  }
}
