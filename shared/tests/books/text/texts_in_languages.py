"""Composed titles and descriptions of public-domain works in eight languages, to measure how languages are found."""

TITLES: dict[str, list[str]] = {
    "en": [
        "The Strange Case of the House by the River", "A Tale of the Sea and of Those Who Sailed It",
        "The Wonderful Wizard of Oz", "Around the World in Eighty Days", "The War of the Worlds",
        "What the Moon Saw in the Garden", "The Man Who Would Be King", "Emma", "Dracula", "Middlemarch",
        "Through the Looking-Glass and What Alice Found There", "Little Women", "Three Men in a Boat",
        "The Picture of Dorian Gray", "Silas Marner", "He Knew He Was Right",
    ],
    "de": [
        "Die Leiden des jungen Werther", "Aus dem Leben eines Taugenichts", "Der Schimmelreiter", "Effi Briest",
        "In achtzig Tagen um die Welt", "Das Bildnis des Dorian Gray", "Die Schatzinsel",
        "Von dem Fischer und seiner Frau", "Der Graf von Monte Christo", "Der Mann mit der eisernen Maske",
        "Wie ich nach Hause kam und was ich dort fand", "Emilia Galotti", "Im Westen der Stadt", "Nathan der Weise",
        "Zwanzigtausend Meilen unter dem Meer", "Das Haus an der Grenze und die Kinder",
    ],
    "fr": [
        "Le Tour du monde en quatre-vingts jours", "Vingt mille lieues sous les mers", "Les Trois Mousquetaires",
        "Le Comte de Monte-Cristo", "La Dame aux camélias", "Notre-Dame de Paris", "Germinal", "Madame Bovary",
        "Voyage au centre de la Terre", "Le Rouge et le Noir", "Bel-Ami", "L'Homme qui rit", "Une vie",
        "Ce que disent les fleurs dans le jardin", "De la Terre à la Lune", "Les Malheurs de Sophie",
    ],
    "es": [
        "El ingenioso hidalgo don Quijote de la Mancha", "La vida es sueño", "Los cuatro jinetes del Apocalipsis",
        "Veinte mil leguas de viaje submarino", "La vuelta al mundo en ochenta días", "Fortunata y Jacinta",
        "Marianela",
        "El conde de Montecristo", "La isla del tesoro", "El retrato de Dorian Gray", "Doña Perfecta",
        "Lo que vio la luna en el jardín", "Los tres mosqueteros", "Cuentos de la selva", "El sombrero de tres picos",
        "Las aventuras de un muchacho sin nombre",
    ],
    "it": [
        "Le avventure di Pinocchio", "I promessi sposi", "Il giro del mondo in ottanta giorni",
        "Ventimila leghe sotto i mari", "Il fu Mattia Pascal", "I tre moschettieri", "La coscienza di Zeno", "Cuore",
        "Il conte di Montecristo", "Uno, nessuno e centomila", "Le tigri di Mompracem", "I Malavoglia",
        "L'isola del tesoro", "Il ritratto di Dorian Gray", "Quello che non ho detto alla luna", "Sandokan",
    ],
    "pt": [
        "Memórias Póstumas de Brás Cubas", "A volta ao mundo em oitenta dias", "Os Maias", "Dom Casmurro",
        "O crime do padre Amaro", "A ilha do tesouro", "Vinte mil léguas submarinas", "O conde de Monte Cristo",
        "Os três mosqueteiros", "O retrato de Dorian Gray", "A cidade e as serras", "O cortiço", "Iracema",
        "O que a lua viu no jardim", "Triste fim de Policarpo Quaresma", "Uma história que não contei a ninguém",
    ],
    "nl": [
        "De reis om de wereld in tachtig dagen", "Twintigduizend mijlen onder zee", "De kleine Johannes",
        "Max Havelaar", "De drie musketiers", "De graaf van Monte-Cristo", "Het portret van Dorian Gray",
        "Het schateiland", "De leeuw van Vlaanderen", "Wat de maan in de tuin zag", "Eline Vere", "Sara Burgerhart",
        "Van oude mensen, de dingen die voorbijgaan", "De stille kracht", "Een huis aan de rand van het bos",
        "Toen ik nog niet wist wie je was",
    ],
    "pl": [
        "W pustyni i w puszczy", "Ogniem i mieczem", "Quo vadis", "Pan Tadeusz", "Lalka", "Nad Niemnem",
        "W osiemdziesiąt dni dookoła świata", "Hrabia Monte Christo", "Trzej muszkieterowie", "Portret Doriana Graya",
        "Wyspa skarbów", "Ziemia obiecana", "O krasnoludkach i o sierotce Marysi", "To, czego nie powiedział nikt",
        "Dom, w którym nie było okien", "Dwadzieścia tysięcy mil podmorskiej żeglugi",
    ],
}  # fmt: skip
"""Titles by the code of their language. Many say nothing about it."""

DESCRIPTIONS: dict[str, list[str]] = {
    "en": [
        "When a stranger comes to the village in the middle of winter, nobody knows who he is or what he has lost."
        " The innkeeper's daughter is the only one who dares to ask, and the answer will change her life.",
        "Phileas Fogg bets half of his fortune that he can travel around the world in eighty days. With his "
        "servant he leaves London the same evening, and a detective is on their heels from the first day.",
        "An orphan is sent to live with her uncle on the moors. Behind a locked door she finds a garden that no "
        "one has entered for ten years.",
        "This is the first volume of the adventures of a young sailor. Read by a full cast.",
        "A doctor drinks a potion of his own making and becomes another man at night.",
        "They were three friends, and they had a boat. What could possibly go wrong?",
        "In this classic novel of manners, five sisters have to find husbands, because the house will go to a cousin.",
        "The Martians have landed, and the world that we knew is gone within a week. One man walks through the ruins.",
        "Collected stories of sea and shore, with an introduction by the author.",
        "Ten years after the war, Anna Müller returns to Berlin and looks for the brother that she left there.",
    ],
    "de": [
        "Als ein Fremder mitten im Winter in das Dorf kommt, weiß niemand, wer er ist und was er verloren hat. Nur"
        " die Tochter des Wirts wagt zu fragen, und die Antwort wird ihr Leben verändern.",
        "Phileas Fogg wettet um sein halbes Vermögen, dass er in achtzig Tagen um die Welt reisen kann. Noch am "
        "selben Abend verlässt er mit seinem Diener London.",
        "Ein Waisenkind wird zu seinem Onkel ins Moor geschickt. Hinter einer verschlossenen Tür findet es einen "
        "Garten, den seit zehn Jahren niemand betreten hat.",
        "Der erste Band der Abenteuer eines jungen Seemanns. Ungekürzt gelesen von Tom Reed.",
        "Ein Arzt trinkt einen Trank, den er selbst gebraut hat, und wird in der Nacht zu einem anderen Menschen.",
        "Sie waren drei Freunde, und sie hatten ein Boot. Was sollte da schon schiefgehen?",
        "Fünf Schwestern müssen einen Mann finden, weil das Haus sonst an einen Vetter fällt. Ein Klassiker.",
        "Die Marsmenschen sind gelandet, und die Welt, die wir kannten, ist nach einer Woche nicht mehr da.",
        "Gesammelte Erzählungen von der See und von der Küste, mit einem Vorwort des Autors.",
        "Zehn Jahre nach dem Krieg kehrt Anna Miller aus New York nach Berlin zurück und sucht ihren Bruder.",
    ],
    "fr": [
        "Quand un étranger arrive au village au milieu de l'hiver, personne ne sait qui il est ni ce qu'il a "
        "perdu. Seule la fille de l'aubergiste ose le lui demander, et la réponse va changer sa vie.",
        "Phileas Fogg parie la moitié de sa fortune qu'il fera le tour du monde en quatre-vingts jours. Le soir "
        "même, il quitte Londres avec son domestique.",
        "Une orpheline est envoyée chez son oncle, sur la lande. Derrière une porte fermée, elle trouve un jardin "
        "où personne n'est entré depuis dix ans.",
        "Le premier volume des aventures d'un jeune marin, lu par Tom Reed.",
        "Un médecin boit une potion de sa composition et devient un autre homme pendant la nuit.",
        "Ils étaient trois amis et ils avaient un bateau. Que pouvait-il leur arriver ?",
        "Cinq sœurs doivent trouver un mari, car la maison ira à un cousin. Un classique du roman de mœurs.",
        "Les Martiens ont débarqué, et le monde que nous connaissions a disparu en une semaine.",
        "Contes de la mer et du rivage, avec une préface de l'auteur.",
        "Dix ans après la guerre, Anna Müller revient à Berlin pour y chercher le frère qu'elle a laissé.",
    ],
    "es": [
        "Cuando un forastero llega al pueblo en pleno invierno, nadie sabe quién es ni qué ha perdido. Solo la "
        "hija del posadero se atreve a preguntárselo, y la respuesta cambiará su vida.",
        "Phileas Fogg apuesta la mitad de su fortuna a que puede dar la vuelta al mundo en ochenta días. Esa misma"
        " noche sale de Londres con su criado.",
        "Una huérfana es enviada a vivir con su tío en el páramo. Detrás de una puerta cerrada encuentra un jardín"
        " en el que nadie ha entrado desde hace diez años.",
        "El primer volumen de las aventuras de un joven marinero, leído por Tom Reed.",
        "Un médico bebe una poción que él mismo ha preparado y por la noche se convierte en otro hombre.",
        "Eran tres amigos y tenían una barca. ¿Qué podía salir mal?",
        "Cinco hermanas tienen que encontrar marido, porque la casa será para un primo. Un clásico de la novela.",
        "Los marcianos han llegado, y el mundo que conocíamos desapareció en una semana.",
        "Cuentos del mar y de la costa, con un prólogo del autor.",
        "Diez años después de la guerra, Anna Müller vuelve a Berlín y busca al hermano que dejó allí.",
    ],
    "it": [
        "Quando uno straniero arriva al villaggio in pieno inverno, nessuno sa chi sia né che cosa abbia perduto. "
        "Solo la figlia dell'oste osa chiederglielo, e la risposta cambierà la sua vita.",
        "Phileas Fogg scommette metà del suo patrimonio che farà il giro del mondo in ottanta giorni. La sera "
        "stessa lascia Londra con il suo domestico.",
        "Un'orfana viene mandata a vivere dallo zio nella brughiera. Dietro una porta chiusa trova un giardino in "
        "cui nessuno è entrato da dieci anni.",
        "Il primo volume delle avventure di un giovane marinaio, letto da Tom Reed.",
        "Un medico beve una pozione che ha preparato da solo e di notte diventa un altro uomo.",
        "Erano tre amici e avevano una barca. Che cosa poteva andare storto?",
        "Cinque sorelle devono trovare marito, perché la casa andrà a un cugino. Un classico del romanzo.",
        "I marziani sono atterrati, e il mondo che conoscevamo non c'è più.",
        "Racconti del mare e della costa, con una prefazione dell'autore.",
        "Dieci anni dopo la guerra Anna Müller torna a Berlino e cerca il fratello che vi aveva lasciato.",
    ],
    "pt": [
        "Quando um estranho chega à aldeia em pleno inverno, ninguém sabe quem ele é nem o que perdeu. Só a filha "
        "do estalajadeiro se atreve a perguntar, e a resposta vai mudar a sua vida.",
        "Phileas Fogg aposta metade da sua fortuna que consegue dar a volta ao mundo em oitenta dias. Na mesma "
        "noite sai de Londres com o seu criado.",
        "Uma órfã é enviada para viver com o tio na charneca. Atrás de uma porta fechada encontra um jardim em que"
        " ninguém entrou nos últimos dez anos.",
        "O primeiro volume das aventuras de um jovem marinheiro, lido por Tom Reed.",
        "Um médico bebe uma poção feita por ele mesmo e torna-se outro homem durante a noite.",
        "Eram três amigos e tinham um barco. O que poderia correr mal?",
        "Cinco irmãs têm de encontrar marido, porque a casa vai ficar para um primo. Um clássico do romance.",
        "Os marcianos chegaram, e o mundo que nós conhecíamos desapareceu numa semana.",
        "Contos do mar e da costa, com um prefácio do autor.",
        "Dez anos depois da guerra, Anna Müller volta a Berlim e procura o irmão que lá deixou.",
    ],
    "nl": [
        "Als er midden in de winter een vreemdeling in het dorp komt, weet niemand wie hij is en wat hij verloren "
        "heeft. Alleen de dochter van de herbergier durft het te vragen, en het antwoord zal haar leven "
        "veranderen.",
        "Phileas Fogg verwedt de helft van zijn vermogen dat hij in tachtig dagen om de wereld kan reizen. Nog "
        "dezelfde avond verlaat hij met zijn knecht Londen.",
        "Een wees wordt naar haar oom op de heide gestuurd. Achter een gesloten deur vindt ze een tuin waar al "
        "tien jaar niemand is geweest.",
        "Het eerste deel van de avonturen van een jonge zeeman, voorgelezen door Tom Reed.",
        "Een dokter drinkt een drankje dat hij zelf heeft gemaakt en wordt 's nachts een andere man.",
        "Ze waren drie vrienden en ze hadden een boot. Wat kon er misgaan?",
        "Vijf zussen moeten een man vinden, omdat het huis naar een neef gaat. Een klassieke roman.",
        "De marsmannetjes zijn geland, en de wereld die wij kenden is na een week verdwenen.",
        "Verhalen van de zee en van de kust, met een voorwoord van de schrijver.",
        "Tien jaar na de oorlog keert Anna Müller terug naar Berlijn en zoekt ze de broer die ze daar achterliet.",
    ],
    "pl": [
        "Kiedy w środku zimy do wioski przybywa obcy, nikt nie wie, kim jest ani co stracił. Tylko córka "
        "karczmarza ma odwagę zapytać, a odpowiedź zmieni jej życie.",
        "Phileas Fogg zakłada się o połowę majątku, że objedzie świat w osiemdziesiąt dni. Jeszcze tego samego "
        "wieczoru opuszcza Londyn ze swoim służącym.",
        "Sierota zostaje wysłana do wuja na wrzosowiska. Za zamkniętymi drzwiami znajduje ogród, do którego od "
        "dziesięciu lat nikt nie wszedł.",
        "Pierwszy tom przygód młodego marynarza. Czyta Tom Reed.",
        "Lekarz pije miksturę, którą sam przygotował, i w nocy staje się innym człowiekiem.",
        "Było ich trzech i mieli łódkę. Co mogło się nie udać?",
        "Pięć sióstr musi znaleźć mężów, ponieważ dom przypadnie kuzynowi. Klasyka powieści.",
        "Marsjanie wylądowali, a świat, który znaliśmy, zniknął po tygodniu.",
        "Opowiadania o morzu i wybrzeżu, ze wstępem autora.",
        "Dziesięć lat po wojnie Anna Müller wraca do Berlina i szuka brata, którego tam zostawiła.",
    ],
}
"""Descriptions by the code of their language."""

OTHERS: list[tuple[str | None, str]] = [
    (None, "Anna Karenina"), (None, "1984"), (None, "Hamlet"), (None, ""), (None, "…"), (None, "Don Giovanni"),
    (None, "Die Hard"), ("en", "Gone in 60 Seconds"), (None, "Quo vadis"), (None, "El Niño"), (None, "La La Land"),
    (None, "Das Boot"), (None, "Les Misérables"), (None, "Der Ring"), (None, "Ave Maria"), (None, "C'est la vie"),
    (None, "Tom Reed. Anna Miller. 12 h 3 min. 64 kbit/s. MP3."), (None, "https://example.org/the/and/of/for/with"),
    (None, "John Smith, Mary Jones, Ann Lee, Tom Reed, Kit Van Dyck"),
    ("da", "Da en fremmed kommer til landsbyen midt om vinteren, ved ingen, hvem han er, eller hvad han har mistet."),
    ("no", "Når en fremmed kommer til bygda midt på vinteren, vet ingen hvem han er eller hva han har mistet."),
    ("sv", "När en främling kommer till byn mitt i vintern vet ingen vem han är eller vad han har förlorat."),
    ("cs", "Když do vesnice uprostřed zimy přijde cizinec, nikdo neví, kdo je a co ztratil."),
    ("sk", "Keď do dediny uprostred zimy príde cudzinec, nikto nevie, kto je a čo stratil."),
    ("ca", "Quan un foraster arriba al poble en ple hivern, ningú no sap qui és ni què ha perdut."),
    ("ro", "Când un străin ajunge în sat în mijlocul iernii, nimeni nu știe cine este și ce a pierdut."),
    ("hu", "Amikor a tél közepén egy idegen érkezik a faluba, senki sem tudja, ki ő és mit veszített el."),
    ("fi", "Kun muukalainen saapuu kylään keskellä talvea, kukaan ei tiedä, kuka hän on ja mitä hän on menettänyt."),
    ("tr", "Kışın ortasında köye bir yabancı geldiğinde, kimse onun kim olduğunu ve ne kaybettiğini bilmiyordu."),
    ("ru", "Когда посреди зимы в деревню приходит незнакомец, никто не знает, кто он и что он потерял."),
    ("uk", "Коли серед зими до села приходить незнайомець, ніхто не знає, хто він і що він втратив."),
    ("el", "Όταν ένας ξένος φτάνει στο χωριό μέσα στον χειμώνα, κανείς δεν ξέρει ποιος είναι και τι έχασε."),
    ("ja", "冬のさなかに見知らぬ男が村にやって来たとき、彼が誰なのか誰も知らなかった。"),
    ("af", "Wanneer 'n vreemdeling in die middel van die winter na die dorp kom, weet niemand wie hy is nie."),
    ("gl", "Cando un forasteiro chega á aldea en pleno inverno, ninguén sabe quen é nin o que perdeu."),
    ("la", "Gallia est omnis divisa in partes tres, quarum unam incolunt Belgae, aliam Aquitani."),
    ("eo", "Kiam fremdulo venas al la vilaĝo meze de la vintro, neniu scias, kiu li estas kaj kion li perdis."),
]  # fmt: skip
"""Texts that name no language surely, and texts in other languages: the right answer is this code or none."""
