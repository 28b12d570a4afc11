# What customers read while the shop is under maintenance.

maintenance-since = The bot has been paused for maintenance since { $since }.
maintenance-until = The bot has been paused for maintenance since { $since }, until about { $until }.
maintenance-not-done = What you wrote was not passed on: please send it again afterwards. About an order you can write to the staff now as well: reply to a message of the bot about it. Your draft and your orders stay as they are.
maintenance-over = The bot works again. Please send what you wrote once more.
maintenance-press = Paused for maintenance. { $reason }
maintenance-press-until = Paused for maintenance until about { $until }. { $reason }
