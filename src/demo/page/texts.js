// The page's own words. What the bot says comes from the bot.

const TEXTS = {
  en: {
    start: 'Start',
    emptyPrivate: 'No messages here yet.',
    emptyGroup: 'Alerts about new orders appear here. The bot sees replies to its messages and commands that name it.',
    blocked: 'You have blocked the bot: its messages do not arrive.',
    unblock: 'Unblock the bot',
    block: { name: 'Block the bot', detail: 'its messages no longer arrive' },
    log: (title) => `Messages in the chat: ${title}`,
    message: 'Message',
    caption: 'Caption',
    send: 'Send',
    attach: 'Attach a file',
    detach: 'Remove the file',
    menu: 'Menu of the bot',
    noCommands: 'The bot has set no commands here.',
    acting: 'Write as',
    admin: 'admin',
    reply: 'Reply',
    edit: 'Edit',
    editing: 'Editing',
    copy: 'Copy',
    copied: 'Copied.',
    fold: 'Collapse the quote',
    unfold: 'Expand the quote',
    keys: 'Buttons of the bot',
    replyTo: (name) => `Reply to ${name}`,
    cancelReply: 'Do not reply to this message',
    deletedMessage: 'Deleted message',
    keyboard: 'Buttons of this message',
    edited: { name: 'edited', why: '' },
    reaction: 'The bot’s reaction',
    protected: { name: 'protected', why: 'Telegram does not let this message be forwarded, copied or saved.' },
    unseen: { name: 'not seen by the bot', why: 'In a group a bot sees replies to its messages and commands that name it; other commands only if it was the last bot to write.' },
    spoiler: 'Show hidden text',
    download: (name, size) => `Download ${name}, ${size}`,
    photo: 'Photo',
    enlarge: 'Enlarge the photo',
    savePhoto: 'Download',
    close: 'Close',
    files: {
      pick: { name: 'Choose a file…', detail: 'up to 20 MB; a picture goes as a photo' },
      invoice: { name: 'Invoice.pdf', detail: 'a sample invoice' },
      serials: { name: 'Serial numbers.txt', detail: 'a sample: 50 new numbers' },
    },
    latest: 'Latest messages',
    held: (seconds) => `Telegram’s flood limits hold the next message back: ${seconds} s`,
    unread: (count) => `, unread: ${count}`,
    placeholders: {
      photo: 'Photo',
      sticker: 'Sticker',
      voice: 'Voice message',
      media: 'Video or audio',
      other: 'Message of another kind',
      contact: 'Contact',
      location: 'Location',
    },
    services: {
      migrated: () => 'The group became a supergroup',
      joined: (name) => `${name} joined the group`,
      left: (name) => `${name} left the group`,
      topic_created: (name) => `Topic created: ${name}`,
      topic_renamed: (name) => `Topic renamed: ${name}`,
      topic_closed: () => 'Topic closed',
      topic_reopened: () => 'Topic reopened',
      general_hidden: () => 'General topic hidden',
      general_shown: () => 'General topic shown again',
      pinned: () => 'Message pinned',
      users_shared: (names) => `You selected ${names} for the bot`,
    },
    topics: {
      list: (title) => `Topics: ${title}`,
      general: 'General',
      back: 'Back to the topics',
      choose: 'Choose a topic to read its messages.',
      closed: 'closed',
      isClosed: 'This topic is closed.',
    },
    picker: {
      title: (most) => (most === 1 ? 'Choose a user' : `Choose up to ${most} users`),
      search: 'Search',
      nobody: 'Nobody found',
      cancel: 'Cancel',
      choose: (count) => (count === 0 ? 'Choose' : `Choose (${count})`),
    },
    units: ['B', 'KB', 'MB'],
    errors: {
      empty_text: 'Type a message first.',
      text_too_long: 'A message holds up to 4096 characters: shorten this one.',
      caption_too_long: 'A caption holds up to 1024 characters: shorten this one.',
      too_large: 'A file may be up to 20 MB: choose a smaller one.',
      no_file: 'Choose a file first.',
      unknown_pane: 'This chat is not part of the demo: reload the page.',
      unknown_person: 'This person is not in this chat: reload the page.',
      unknown_button: 'This button is no longer there.',
      foreign_origin: 'The demo takes actions only from its own page: open it at http://127.0.0.1.',
      malformed: 'The demo did not understand the page: reload it.',
      unreachable: 'The demo does not answer: see whether it still runs in its terminal.',
      refused: 'The demo refused this: see its terminal.',
      not_own: 'Only your own messages can be edited.',
      clipboard: 'The browser does not let the page use the clipboard.',
      silent: 'The bot has not answered this button yet.',
    },
  },
  ru: {
    start: 'Начать',
    emptyPrivate: 'Здесь пока нет сообщений.',
    emptyGroup: 'Здесь появляются уведомления о новых заказах. Бот видит ответы на свои сообщения и команды с его именем.',
    blocked: 'Вы заблокировали бота: его сообщения не приходят.',
    unblock: 'Разблокировать бота',
    block: { name: 'Заблокировать бота', detail: 'его сообщения перестанут приходить' },
    log: (title) => `Сообщения в чате: ${title}`,
    message: 'Сообщение',
    caption: 'Подпись',
    send: 'Отправить',
    attach: 'Прикрепить файл',
    detach: 'Убрать файл',
    menu: 'Меню бота',
    noCommands: 'Бот не задал здесь команд.',
    acting: 'Писать как',
    admin: 'админ',
    reply: 'Ответить',
    edit: 'Изменить',
    editing: 'Изменение сообщения',
    copy: 'Скопировать',
    copied: 'Скопировано.',
    fold: 'Свернуть цитату',
    unfold: 'Развернуть цитату',
    keys: 'Кнопки бота',
    replyTo: (name) => `Ответ: ${name}`,
    cancelReply: 'Не отвечать на это сообщение',
    deletedMessage: 'Сообщение удалено',
    keyboard: 'Кнопки этого сообщения',
    edited: { name: 'изменено', why: '' },
    reaction: 'Реакция бота',
    protected: { name: 'защищено', why: 'Telegram не дает переслать, скопировать или сохранить это сообщение.' },
    unseen: { name: 'бот не видит', why: 'В группе бот видит ответы на свои сообщения и команды с его именем, другие команды — если из ботов он писал последним.' },
    spoiler: 'Показать скрытый текст',
    download: (name, size) => `Скачать ${name}, ${size}`,
    photo: 'Фото',
    enlarge: 'Увеличить фото',
    savePhoto: 'Скачать',
    close: 'Закрыть',
    files: {
      pick: { name: 'Выбрать файл…', detail: 'до 20 МБ; картинка уйдет как фото' },
      invoice: { name: 'Счет.pdf', detail: 'образец счета' },
      serials: { name: 'Серийные номера.txt', detail: 'образец: 50 новых номеров' },
    },
    latest: 'К последним сообщениям',
    held: (seconds) => `Лимиты Telegram задерживают следующее сообщение: ${seconds}\u00a0с`,
    unread: (count) => `, непрочитанных: ${count}`,
    placeholders: {
      photo: 'Фото',
      sticker: 'Стикер',
      voice: 'Голосовое сообщение',
      media: 'Видео или аудио',
      other: 'Сообщение другого вида',
      contact: 'Контакт',
      location: 'Геопозиция',
    },
    services: {
      migrated: () => 'Группа стала супергруппой',
      joined: (name) => `В группе новый участник: ${name}`,
      left: (name) => `Группу покинул участник: ${name}`,
      topic_created: (name) => `Создана тема: ${name}`,
      topic_renamed: (name) => `Тема переименована: ${name}`,
      topic_closed: () => 'Тема закрыта',
      topic_reopened: () => 'Тема снова открыта',
      general_hidden: () => 'Общая тема скрыта',
      general_shown: () => 'Общая тема снова видна',
      pinned: () => 'Сообщение закреплено',
      users_shared: (names) => `Вы выбрали для бота: ${names}`,
    },
    topics: {
      list: (title) => `Темы: ${title}`,
      general: 'Общая тема',
      back: 'Назад к темам',
      choose: 'Выберите тему, чтобы читать сообщения.',
      closed: 'закрыта',
      isClosed: 'Эта тема закрыта.',
    },
    picker: {
      title: (most) => (most === 1 ? 'Выберите пользователя' : `Выберите пользователей, до ${most}`),
      search: 'Поиск',
      nobody: 'Никого не найдено',
      cancel: 'Отмена',
      choose: (count) => (count === 0 ? 'Выбрать' : `Выбрать (${count})`),
    },
    units: ['Б', 'КБ', 'МБ'],
    errors: {
      empty_text: 'Сначала напишите сообщение.',
      text_too_long: 'В сообщении может быть до 4096 символов: сократите его.',
      caption_too_long: 'В подписи может быть до 1024 символов: сократите ее.',
      too_large: 'Файл может быть до 20 МБ: выберите меньший.',
      no_file: 'Сначала выберите файл.',
      unknown_pane: 'Такого чата в демонстрации нет: обновите страницу.',
      unknown_person: 'Этого человека в чате нет: обновите страницу.',
      unknown_button: 'Этой кнопки больше нет.',
      foreign_origin: 'Действия принимаются только с этой страницы: откройте ее по адресу http://127.0.0.1.',
      malformed: 'Демонстрация не поняла страницу: обновите ее.',
      unreachable: 'Демонстрация не отвечает: посмотрите, работает ли она в терминале.',
      refused: 'Демонстрация отказала: посмотрите в ее терминал.',
      not_own: 'Изменить можно только свое сообщение.',
      clipboard: 'Браузер не дал странице доступ к буферу обмена.',
      silent: 'Бот пока не ответил на эту кнопку.',
    },
  },
};

/** How the buttons that the visitor is shown begin, as the bot has them in each language. */
export const LABELS = {
  en: { start: 'Start', order: 'New order', invoice: 'Invoice …', complete: 'Deliver from stock' },
  ru: { start: 'Начать', order: 'Новый заказ', invoice: 'Счет на …', complete: 'Выдать со склада' },
};

// Around the chats, in the language of the visitor's browser. A step's button stands in a customer's or the staff's chat.
const PAGE_TEXTS = {
  en: {
    about: 'One Telegram bot, both sides of the counter: two customers order licence keys, the staff handle each order.'
      + ' It all runs on this computer.',
    toTry: 'What to try first',
    steps: [
      { chat: 'customer', button: 'start', text: 'Press {button} in Anna’s chat' },
      { chat: 'customer', button: 'order', text: 'Press {button}, choose keys and send the order' },
      { chat: 'staff', button: 'invoice', text: 'Staff: {button}, or reply with an amount or PDF' },
      { chat: 'staff', button: 'complete', text: 'Staff: {button}' },
      { chat: 'customer', button: null, text: 'In Anna’s chat, press the file to save the serial numbers' },
    ],
    chats: 'Chats',
    skip: (title) => `Write to: ${title}`,
    connection: {
      connecting: 'Connecting to the demo…',
      live: '',
      lost: 'Connection lost. The page keeps trying; if that does not help, start keydesk demo again.',
    },
  },
  ru: {
    about: 'Один бот в Telegram, обе стороны прилавка: двое клиентов заказывают серийные номера, сотрудники ведут их заказы.'
      + ' Все работает на этом компьютере.',
    toTry: 'С чего начать',
    steps: [
      { chat: 'customer', button: 'start', text: 'Нажмите {button} в чате Анны' },
      { chat: 'customer', button: 'order', text: 'Нажмите {button}, выберите ключи и отправьте заказ' },
      { chat: 'staff', button: 'invoice', text: 'Сотрудники: {button} либо ответ с суммой или файлом PDF' },
      { chat: 'staff', button: 'complete', text: 'Сотрудники: {button}' },
      { chat: 'customer', button: null, text: 'В чате Анны нажмите на файл, чтобы скачать серийные номера' },
    ],
    chats: 'Чаты',
    skip: (title) => `Написать: ${title}`,
    connection: {
      connecting: 'Соединение с демонстрацией…',
      live: '',
      lost: 'Связь потеряна. Страница пробует снова; если не поможет, запустите keydesk demo еще раз.',
    },
  },
};

/** The visitor's language, of those that the page speaks. */
export function visitorLanguage() {
  const spoken = navigator.languages.map((tag) => tag.split('-')[0]);
  return spoken.find((language) => language in PAGE_TEXTS) ?? 'en';
}

export function pageTexts(language) {
  return PAGE_TEXTS[language];
}

export function textsFor(language) {
  return TEXTS[language] ?? TEXTS.en;
}

/** How dates and numbers are written for a language. */
export function localeOf(language) {
  return language === 'en' ? 'en-GB' : language;
}

export function fileSize(bytes, language) {
  const { units } = textsFor(language);
  const power = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const value = bytes / 1000 ** power;
  const digits = power > 0 && value < 10 ? 1 : 0;
  return `${value.toLocaleString(localeOf(language), { maximumFractionDigits: digits })}\u00a0${units[power]}`;
}
