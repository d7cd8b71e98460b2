# Tillgänglighetsutlåtande
accessibility-title = Tillgänglighetsutlåtande
accessibility-intro = Utlåtandet gäller tjänsten Polku. Lagen om tillhandahållande av digitala tjänster (306/2019) kräver att tjänsten är tillgänglig.
accessibility-state = Hur tillgänglig tjänsten är
accessibility-state-text = Målet är nivå AA i WCAG 2.1, som lagen kräver. Tjänsten är byggd enligt nivå AA i WCAG 2.2. Att kraven uppfylls är inte bekräftat ännu, eftersom ingen utomstående har granskat tjänsten.
accessibility-checked = Utvecklarna har själva bedömt tjänsten: varje sida kontrolleras automatiskt med verktyget axe i ljusa och mörka färger.
accessibility-gaps = Kända brister
accessibility-gap-audit = En utomstående granskning och tester med användare har inte gjorts ännu.
accessibility-gap-readers = Tjänsten har inte ännu prövats heltäckande med skärmläsare.
accessibility-gap-content = Utbildningarnas texter är inte alltid översatta. Då visas de på finska.
accessibility-gap-charts = Texterna i diagrammen ingår inte i den automatiska kontrastkontrollen. Samma siffror finns som tabell.
accessibility-give = Berätta vad som inte fungerar
accessibility-give-text = Berätta om en brist eller be om informationen i en annan form. Vi svarar inom 14 dagar.
accessibility-message = Meddelande
accessibility-message-hint = Berätta vad som inte fungerar, på vilken sida och med vilken enhet eller vilket hjälpmedel.
accessibility-email = E-post
accessibility-email-hint = Ange adressen om du vill ha ett svar.
accessibility-send = Skicka responsen
accessibility-thanks = Responsen har tagits emot. Vi svarar senast { $day }.
accessibility-enforcement = Om svaret inte räcker
accessibility-enforcement-text = Ge först respons till oss. Om du inte får svar inom 14 dagar eller inte är nöjd med svaret kan du göra en anmälan till Transport- och kommunikationsverket Traficom. Webbplatsen berättar hur en anmälan görs och hur den behandlas.
accessibility-traficom = Transport- och kommunikationsverket Traficom, enheten för tillsyn av digital tillgänglighet
accessibility-phone = Telefon, växel:

# Behandling av responsen
accessibility-answer-to = Svar till:
accessibility-answered-on = Besvarad { $day }
accessibility-due = Svara senast { $day }
accessibility-feedback-empty = Ingen respons
accessibility-feedback-empty-help = Responsen visas här när någon skickar den med formuläret i tillgänglighetsutlåtandet.
accessibility-feedback-intro = Lagen kräver svar inom 14 dagar. Svara per e-post och markera responsen som besvarad.
accessibility-feedback-title = Tillgänglighetsrespons
accessibility-mark = Markera som besvarad
accessibility-mark-named = Markera som besvarad: skickad { $at }
accessibility-marked = Responsen har markerats som besvarad.
accessibility-no-email = Avsändaren bad inte om svar.
accessibility-overdue = Försenad: tiden gick ut { $day }
accessibility-sent = Skickad { $at }
