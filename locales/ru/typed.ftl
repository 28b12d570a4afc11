# Заказ, который набирают сразу: /new sp-1 50, sp-3 100

button-add-typed = Добавить к нему
button-start-typed = Заменить его

typed-title = Вы написали
typed-overlap = Если продукт есть в обоих, останется новое количество.
typed-question = Добавить это к неотправленному заказу или заменить его?

typed-no-such-product = Строка «{ $line }»: такого продукта нет, названия и артикулы перечислены в /products
typed-nearest-product = Строка «{ $line }»: такого продукта нет. Возможно, это { $sku } ({ $product })?
typed-several-products = Строка «{ $line }»: подходит несколько продуктов, уточните артикул: { $skus }.
typed-no-product = Строка «{ $line }»: не указан продукт, напишите его артикул или название, например: { $example }
typed-no-quantity = Строка «{ $line }»: не указано количество, напишите число: { $allowed }.
typed-not-a-quantity = Строка «{ $line }»: количество не распознано, напишите число: { $allowed }.
typed-not-sold = Строка «{ $line }»: { $quantity }{ "\u00A0" }шт. заказать нельзя, напишите число: { $allowed }.

help-typed = /new { $example } — Заказ одной строкой
