# Topics of the staff chat.

topic-name = Order №{ $number }, { $name }
topic-name-at = Order №{ $number }, { $name } · { $status }
staff-topics-unavailable = The bot cannot make a topic for an order in the staff chat ({ $reason }), so orders come to the shared one. Please make the group a forum and the bot an administrator who may manage topics; it tries again in an hour.
