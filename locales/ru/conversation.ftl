# Разговор о заказе: на что отвечают, какие файлы можно получить снова, какие вопросы ждут ответа.

words-in-reply = В ответ на «{ $quote }»:
# Кнопка под стикером или круглым видео, у которых не бывает подписи.
words-from = { $name }: заказ №{ $number }
words-answer = Ответ по заказу №{ $number }
button-files = Файлы переписки ({ $count })
file-again = Файл по заказу №{ $number }
banner-files-follow = Файлы придут следующими сообщениями.
alert-unanswered = Вопросы без ответа: { $count }
alert-is-answered = { $line } (ответ дан)
alert-is-settled = { $line } (ответ не нужен)
