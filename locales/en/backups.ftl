# What the staff chat hears of the backups that the bot takes by itself.

backup-missing = There is no recent backup of the database: the last good one is from { $at }. The bot keeps trying and will say when that has worked.
backup-never = No backup of the database can be taken, and there is none yet. The bot keeps trying and will say when that has worked.
backup-missing-remedy = On the bot’s server, the log says why, and “keydesk check” tests the folder for backups.
backup-taken = The database has a good backup again, from { $at }.
