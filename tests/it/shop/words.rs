//! Sentences of the bot that several conversations wait for.

/// Answers a button that belongs to another screen.
pub const OUTDATED: &str = "Экран устарел, показываем текущий.";
/// Answers the second tap on «Send».
pub const SENT: &str = "Заказ №446 уже отправлен.";
/// Answers whoever has a dialogue that cannot be read.
pub const AFRESH: &str = "Бот обновился и не смог восстановить прежний экран, начните, пожалуйста, заново.";
/// Answers a draft that was left.
pub const KEPT: &str = "Заказ не отправлен, но сохранен; продолжить его можно командой /new";
/// Answers /cancel with nothing to leave.
pub const NOTHING_TO_CANCEL: &str = "Сейчас нечего отменять.";
/// Answers a text that means nothing here.
pub const USE_BUTTONS: &str = "Выберите действие кнопкой под сообщением или в меню; что умеет бот, расскажет \
    /help. Связаться с продавцом: orders@example.com";
/// Answers a command that there is not.
pub const UNKNOWN_COMMAND: &str = "Такой команды нет; все команды перечислены в /help";
/// Answers /order without a number.
pub const NUMBER_EXPECTED: &str = "Укажите номер заказа, например: /order 449";
/// Answers something that is no note.
pub const NOTE_EXPECTED: &str = "Напишите примечание текстом или нажмите «‹ Назад».";
/// Answers a note beyond the limit.
pub const NOTE_TOO_LONG: &str = "Примечание слишком длинное, помещается не больше 300 знаков.";
/// Answers a product that is not sold any more.
pub const GONE: &str = "Этот продукт больше не продается, выберите другой.";
/// Answers what is no quantity of SP_1.
pub const NO_QUANTITY: &str = "Количество не распознано, напишите целое число цифрами: 50, 100 или 200.";
/// Begins an alert that may have arrived before.
pub const REPEATED: &str = "Повторно: предыдущее сообщение могло не дойти.";
/// Answers an order that was just sent.
pub const ORDER_SENT: &str = "Заказ отправлен, мы сообщим, когда будет выставлен счет.";
/// Answers in private what is forwarded, was sent through another bot, or answers what stands in another chat.
pub const SECOND_HAND: &str = "Пересланные сообщения, сообщения через других ботов и ответы на сообщения из других \
    чатов не принимаются: пришлите это, пожалуйста, обычным сообщением.";
