# Topics of the staff chat.

topic-name = Order #{ $number }, { $name }
topic-name-at = Order #{ $number } · { $status } · { $name }
staff-topics-unavailable = The bot cannot make a topic for an order in the staff chat ({ $reason }), so orders come to the shared one. Please turn on topics in the group and make the bot an administrator who may manage them; it will try again in an hour.
