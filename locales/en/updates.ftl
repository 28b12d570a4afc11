# Messages and presses that the bot could not handle.

updates-failed =
    { $count ->
        [one] { $count } message or button press could not be handled. It is kept.
       *[other] { $count } messages or button presses could not be handled. They are kept.
    }
updates-failed-remedy = On the bot’s server, “keydesk dead-letters list” shows what they are, and “keydesk dead-letters retry --all” tries again.
updates-wait = The bot cannot handle what these people write and press, while it answers everybody else. Nothing is lost: it keeps trying and will say when that has worked.
updates-wait-person = { $name }, since { $since }
updates-wait-nobody = Events in groups, since { $since }
updates-wait-remedy = On the bot’s server, “keydesk dead-letters list” shows what waits and its number, and “keydesk dead-letters show NUMBER” says why.
updates-pass = The bot handles the messages and button presses of these people again:
updates-pass-person = { $name }
updates-pass-nobody = Events in groups
