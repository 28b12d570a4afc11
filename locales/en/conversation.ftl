# The conversation about an order: what is answered, which files can be had again, which questions wait for an answer.

words-in-reply = In reply to “{ $quote }”:
# The button below a sticker or a round video, which take no caption.
words-from = { $name }: order #{ $number }
words-answer = Answer about order #{ $number }
button-files = Files of the conversation ({ $count })
file-again = A file about order #{ $number }
banner-files-follow = The files follow in the next messages.
alert-unanswered = Unanswered questions: { $count }
alert-is-answered = { $line } (answered)
alert-is-settled = { $line } (no reply needed)
