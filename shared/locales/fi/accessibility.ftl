# Saavutettavuusseloste
accessibility-title = Saavutettavuusseloste
accessibility-intro = Tämä seloste koskee Polku-palvelua. Laki digitaalisten palvelujen tarjoamisesta (306/2019) edellyttää, että palvelu on saavutettava.
accessibility-state = Missä kunnossa saavutettavuus on
accessibility-state-text = Tavoite on lain vaatima WCAG 2.1 -ohjeiston taso AA. Palvelu on rakennettu WCAG 2.2:n tason AA mukaan. Vaatimustenmukaisuutta ei ole vielä vahvistettu, koska ulkopuolinen ei ole arvioinut palvelua.
accessibility-checked = Tekijät ovat arvioineet palvelun itse: jokainen sivu tarkistetaan automaattisesti axe-työkalulla vaaleissa ja tummissa väreissä.
accessibility-gaps = Tunnetut puutteet
accessibility-gap-audit = Ulkopuolista arviointia ja testausta käyttäjien kanssa ei ole vielä tehty.
accessibility-gap-readers = Palvelua ei ole vielä kokeiltu kattavasti ruudunlukijoilla.
accessibility-gap-content = Valmennusten tekstejä ei ole aina käännetty. Silloin ne näkyvät suomeksi.
accessibility-gap-charts = Kuvioiden tekstit eivät ole mukana automaattisessa kontrastin tarkistuksessa. Samat luvut ovat taulukkona.
accessibility-give = Kerro, mikä ei toimi
accessibility-give-text = Kerro puutteesta tai pyydä tieto muussa muodossa. Vastaamme 14 päivän kuluessa.
accessibility-message = Viesti
accessibility-message-hint = Kerro, mikä ei toimi, millä sivulla ja millä laitteella tai apuvälineellä.
accessibility-email = Sähköposti
accessibility-email-hint = Anna osoite, jos haluat vastauksen.
accessibility-send = Lähetä palaute
accessibility-thanks = Palaute on otettu vastaan. Vastaamme viimeistään { $day }.
accessibility-enforcement = Jos vastaus ei riitä
accessibility-enforcement-text = Anna ensin palautetta meille. Jos et saa vastausta 14 päivässä tai vastaus ei tyydytä, voit tehdä ilmoituksen Liikenne- ja viestintävirastoon Traficomiin. Sivustolla kerrotaan, miten ilmoitus tehdään ja miten se käsitellään.
accessibility-traficom = Liikenne- ja viestintävirasto Traficom, digitaalisen esteettömyyden ja saavutettavuuden valvontayksikkö
accessibility-phone = Puhelin, vaihde:

# Palautteen hoitaminen
accessibility-answer-to = Vastaus:
accessibility-answered-on = Vastattu { $day }
accessibility-due = Vastaa viimeistään { $day }
accessibility-feedback-empty = Ei palautetta
accessibility-feedback-empty-help = Palaute tulee tähän, kun joku lähettää sen saavutettavuusselosteen lomakkeella.
accessibility-feedback-intro = Laki edellyttää vastausta 14 päivän kuluessa. Vastaa sähköpostilla ja merkitse palaute vastatuksi.
accessibility-feedback-title = Saavutettavuuspalaute
accessibility-mark = Merkitse vastatuksi
accessibility-mark-named = Merkitse vastatuksi: lähetetty { $at }
accessibility-marked = Palaute on merkitty vastatuksi.
accessibility-no-email = Lähettäjä ei pyytänyt vastausta.
accessibility-overdue = Myöhässä: määräaika ylittyi { $day }
accessibility-sent = Lähetetty { $at }
