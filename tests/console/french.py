"""What an operator writes to teach French: ten questions with a few phrases each, and the replies to them."""

PHRASES = {
    "timetable_next_departures": [
        "quand part le prochain train pour [Airport](stop)", "le prochain train pour [Westport](stop) s'il vous plaît",
        "à quelle heure est le prochain train vers [Southgate](stop)", "quels trains partent maintenant", "prochains départs",
        "je voudrais aller à [Eastport](stop), quand part le train",
    ],
    "timetable_platform": [
        "de quel quai part le train pour [Airport](stop)", "sur quelle voie est le train de [Westport](stop)",
        "quel quai pour [Southgate](stop)",
        "c'est quelle voie", "de quelle voie part mon train", "à quel quai dois-je aller",
    ],
    "facilities_find": [
        "où sont les toilettes", "où se trouvent les toilettes s'il vous plaît", "je cherche un café", "y a-t-il un distributeur ici",
        "où est la pharmacie", "je cherche l'ascenseur",
    ],
    "wayfinding_step_free": [
        "comment aller aux toilettes sans escalier", "un chemin sans marches s'il vous plaît", "je suis en fauteuil roulant, par où passer",
        "y a-t-il un accès avec ascenseur", "chemin sans escaliers pour une poussette", "comment y aller en fauteuil roulant",
    ],
    "tickets_fares_buy": [
        "où puis-je acheter un billet", "comment acheter un ticket", "je voudrais un billet", "où sont vendus les billets",
        "est-ce que je peux acheter mon billet ici", "où prendre un titre de transport",
    ],
    "lost_property_procedure": [
        "j'ai perdu mon sac", "j'ai oublié mon téléphone dans le train", "où sont les objets trouvés", "j'ai perdu mes clés",
        "mon portefeuille est resté dans le train", "à qui m'adresser pour un objet perdu",
    ],
    "luggage_storage": [
        "où puis-je laisser mes bagages", "y a-t-il une consigne", "je voudrais déposer ma valise", "où sont les casiers à bagages",
        "combien coûte la consigne", "garder mes sacs quelques heures", "où peut-on déposer des valises", "où est la consigne à bagages",
        "je cherche un endroit pour laisser ma valise", "peut-on laisser ses bagages ici pour la journée",
    ],
    "staff_help_request": [
        "j'ai besoin d'aide", "je voudrais parler à un agent", "où puis-je trouver du personnel", "y a-t-il quelqu'un qui peut m'aider",
        "je veux parler à une vraie personne", "où est l'accueil",
    ],
    "air_quality_now": [
        "comment est l'air ici", "quelle est la qualité de l'air", "est-ce que l'air est bon", "y a-t-il de la pollution dans la gare",
        "l'air est-il pollué aujourd'hui", "qualité de l'air s'il vous plaît",
    ],
    "emergency_medical": [
        "au secours quelqu'un a fait un malaise", "appelez une ambulance", "un homme est tombé et ne bouge plus",
        "il nous faut un médecin vite",
        "quelqu'un est blessé", "ma femme ne respire plus",
    ],
}  # fmt: skip
REPLIES = {
    "_shared": {
        "utter_suggest_air_advice": "Et pour ma santé ?",
        "utter_suggest_all_departures": "Tous les trains",
        "utter_suggest_hours": "Heures d'ouverture",
        "utter_suggest_later": "Trains suivants",
        "utter_suggest_overview": "Que trouve-t-on ici ?",
        "utter_suggest_place": "{name}",
        "utter_suggest_platform": "Quel quai ?",
        "utter_suggest_price": "Quel est le prix ?",
        "utter_suggest_staff": "Aide du personnel",
    },
    "trains": {"utter_suggest_last": "Dernier train", "utter_suggest_stops": "Où s'arrête-t-il ?"},
    "timetable": {
        "utter_timetable_next_to": "Le prochain train pour {destination} est le {line}, prévu à {when}, quai {platform}.",
        "utter_timetable_platform": "Le {line} pour {destination}, prévu à {when}, part du quai {platform}.",
        "utter_timetable_then": "Ensuite : {times}.",
        "utter_timetable_title_to": "Vers {destination}",
    },
    "facilities": {
        "utter_facilities_fact": "{text}",
        "utter_facilities_open_until": "{name} : ouvert jusqu'à {closes}.",
        "utter_facilities_others": "L'écran montre {count:autre lieu|autres lieux} de ce genre.",
        "utter_facilities_place": "{name} : {where}.",
    },
    "wayfinding": {
        "utter_wayfinding_is_step_free": "Ce chemin est sans escalier.",
        "utter_wayfinding_time_level": "C'est à {minutes:minute|minutes}, à ce niveau.",
        "utter_suggest_show_way": "Montrez-moi le chemin",
        "utter_suggest_way_platform": "Chemin vers le quai {platform}",
        "utter_wayfinding_title": "Vers {goal}",
        "utter_wayfinding_turn_ahead": "Allez tout droit.",
        "utter_wayfinding_walk_to": "Marchez {metres} mètres jusqu'à {goal}.",
    },
    "lost_property": {
        "utter_lost_property_office": "Le bureau",
        "utter_lost_property_phone": "Vous pouvez appeler le bureau au {phone}.",
        "utter_lost_property_procedure": "{text}",
    },
    "staff_help": {
        "utter_staff_help_place": "Le personnel peut vous aider ici : {name}, {where}.",
        "utter_staff_help_phone": "Vous pouvez appeler le personnel au {phone}.",
    },
    "air_quality": {
        "utter_air_quality_category_moderate": "moyen",
        "utter_air_quality_equivalent": "L'air est {category}. Mesuré à l'intérieur, cela correspond à un indice de {index} (US EPA)."
        " Le polluant principal : {pollutant}.",
        "utter_air_quality_quantity_pm2_5": "les particules fines PM2.5",
        "utter_air_quality_unknown": "L'air n'est pas mesuré en ce moment.",
    },
    "emergency": {
        "utter_emergency_medical": "Appelez tout de suite le {phone}. Ne laissez pas seule une personne malade ou blessée.",
        "utter_emergency_help_point": "La borne d'appel la plus proche : {name}, {where}.",
        "utter_emergency_told": "Le personnel est prévenu, sous le numéro {number}.",
        "utter_emergency_noted": "C'est noté pour le personnel, sous le numéro {number}.",
    },
}  # fmt: skip
"""Topic → reply → words."""
FACTS = {
    "tickets": "Achetez votre billet à un automate ou au guichet avant de monter.",
    "lost_property": "Dites ce que vous avez perdu, où et quand. Les objets sont gardés trois mois.",
    "luggage": "Un petit casier coûte 6 livres pour 24 heures, un grand 9.",
}
PLACES = {
    "toilets-north": ("Toilettes nord", "dans le hall nord, à côté du guichet", "toilettes\nWC"),
    "ticket-machines-hall": ("Automates du hall", "dans le grand hall, près des portillons", ""),
    "lost-property": ("Objets trouvés", "dans le hall ouest, à côté de la consigne", ""),
    "lockers": ("Consigne", "dans le hall ouest", ""),
    "staff-office": ("Bureau de la gare", "dans le grand hall, derrière l'accueil", ""),
    "help-point-hall": ("Borne d'appel du hall", "sur le pilier bleu près de l'ascenseur", ""),
    "defibrillator-hall": ("Défibrillateur du hall", "sur le mur près de l'accueil", ""),
    "first-aid": ("Infirmerie", "dans le grand hall, à côté du bureau de la gare", ""),
}
"""Id → name, where, and one other name a line."""
QUESTIONS = {
    "À quelle heure part le prochain train pour Airport ?": ("timetable_next_departures", "Le prochain train pour Airport est le AX"),
    "De quel quai part le train pour Westport ?": ("timetable_platform", "part du quai"),
    "Pardon, où sont les toilettes ?": ("facilities_find", "Toilettes nord : dans le hall nord"),
    "Comment aller aux toilettes sans prendre d'escalier ?": ("wayfinding_step_free", "Ce chemin est sans escalier."),
    "Où est-ce que je peux acheter un billet ?": ("tickets_fares_buy", "Achetez votre billet"),
    "J'ai perdu mon parapluie dans le train": ("lost_property_procedure", "Objets trouvés : dans le hall ouest"),
    "Où puis-je déposer mes valises ?": ("luggage_storage", "Un petit casier coûte"),
    "Je voudrais parler à quelqu'un du personnel": ("staff_help_request", "Le personnel peut vous aider ici : Bureau de la gare"),
    "La qualité de l'air est-elle bonne ?": ("air_quality_now", "L'air"),
    "Au secours, une dame a fait un malaise !": ("emergency_medical", "Appelez tout de suite le 112."),
}
"""What a traveller asks → what it is understood as, and a part of the reply. No phrase that was taught."""
ENGLISH = r"(?i)\b(the|is|are|from|open|until|you|staff|train leaves|platform|tomorrow|minutes on|next)\b"
"""Words of no French sentence and no name here."""
