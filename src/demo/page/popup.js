// A list that opens above the box of a chat: the bot's commands, or what can be attached.

export class Popup {
  /** `button` opens and closes `list`, a `ul` inside `form`. */
  constructor(button, list) {
    this.button = button;
    this.list = list;
    button.setAttribute('aria-controls', list.id);
    button.ariaExpanded = 'false';
    button.addEventListener('click', () => this.open(list.hidden));
    list.closest('form').addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || list.hidden) return;
      this.open(false);
      button.focus();
    });
    list.addEventListener('keydown', (event) => this.move(event));
    list.addEventListener('focusout', ({ relatedTarget: next }) => {
      if (next && !list.contains(next) && next !== button) this.open(false);
    });
    document.addEventListener('pointerdown', (event) => {
      if (!list.contains(event.target) && !button.contains(event.target)) this.open(false);
    });
  }

  open(opened) {
    this.list.hidden = !opened;
    this.button.ariaExpanded = String(opened);
    if (opened) this.list.querySelector('button')?.focus();
  }

  /** Shows these nodes: the results of `entry` and `remark`. */
  fill(items) {
    this.list.replaceChildren(...items);
  }

  /** A line that does something; the list closes first. `key` names it in `data-item`. */
  entry(key, title, detail, act) {
    const button = Object.assign(document.createElement('button'), { type: 'button' });
    button.dataset.item = key;
    const name = Object.assign(document.createElement('b'), { textContent: title });
    button.append(name, Object.assign(document.createElement('span'), { textContent: detail }));
    button.addEventListener('click', () => {
      this.open(false);
      this.button.focus();
      act();
    });
    const item = document.createElement('li');
    item.append(button);
    return item;
  }

  remark(text) {
    return Object.assign(document.createElement('li'), { textContent: text });
  }

  move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...this.list.querySelectorAll('button')];
    all.at((all.indexOf(document.activeElement) + step) % all.length)?.focus();
  }
}
