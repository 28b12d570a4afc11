# Как по-русски пишут числа, деньги и даты.

# Место в выборе языка; его читает build.rs.
language-place = 1
# Язык на нем самом, для экрана настроек.
language-name = Русский

number-group-separator = { "\u00A0" }
# Где дробь отделяет запятая, в CSV поля разделяет точка с запятой.
number-decimal-mark = ,

money =
    { $currency ->
        [RUB] { $amount }{ "\u00A0" }₽
       *[other] { $amount }{ "\u00A0" }{ $currency }
    }

# $day и $month — без нуля впереди, $dd и $mm — с нулем; день, который можно набрать, бот читает и так, и как 2026-04-15.
date = { $dd }.{ $mm }.{ $year }
date-numeric = { $dd }.{ $mm }.{ $year }
date-time = { $date } { $time }
