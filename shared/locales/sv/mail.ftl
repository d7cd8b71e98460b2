# Brev. $name är mottagaren, $tenant den som ordnar tjänsten, $link länken och $expires tiden då den går ut, $at tiden för det som berättas.

mail-invitation-subject = Inbjudan: { $tenant }
mail-invitation-body =
    Hej { $name }

    Ett konto har öppnats för dig i tjänsten { $tenant }.
    Öppna länken och välj ett lösenord:

    { $link }

    Länken fungerar en gång och går ut { $expires }.
    Om länken har gått ut, be den som bjöd in dig om en ny.
    Om du inte väntade dig en inbjudan behöver du inte göra något.

mail-password-reset-subject = Välj ett nytt lösenord: { $tenant }
mail-password-reset-body =
    Hej { $name }

    Öppna länken och välj ett nytt lösenord i tjänsten { $tenant }:

    { $link }

    Länken fungerar en gång och går ut { $expires }.
    Om du inte bad om länken behöver du inte göra något. Ditt lösenord ändras inte.

mail-email-change-subject = Bekräfta e-postadressen: { $tenant }
mail-email-change-body =
    Hej { $name }

    Du bad om att byta din e-postadress till den här adressen i tjänsten { $tenant }.
    Bekräfta adressen genom att öppna länken:

    { $link }

    Länken fungerar en gång och går ut { $expires }.
    Om du inte bad om bytet behöver du inte göra något. Adressen ändras inte.

mail-second-factor-on-subject = Tvåstegsinloggningen är i bruk: { $tenant }
mail-second-factor-on-body =
    Hej { $name }

    Tvåstegsinloggning togs i bruk på ditt konto { $at } i tjänsten { $tenant }.
    Dina andra sessioner avslutades.

    Om det inte var du, kontakta genast en administratör.
    Ditt konto: { $link }

mail-second-factor-off-subject = Tvåstegsinloggningen stängdes av: { $tenant }
mail-second-factor-off-body =
    Hej { $name }

    Tvåstegsinloggningen stängdes av på ditt konto { $at } i tjänsten { $tenant }.
    Nu räcker lösenordet ensamt.

    Om det inte var du, byt lösenord och kontakta genast en administratör.
    Ditt konto: { $link }

mail-second-factor-reset-subject = Tvåstegsinloggningen nollställdes: { $tenant }
mail-second-factor-reset-body =
    Hej { $name }

    En administratör nollställde tvåstegsinloggningen på ditt konto { $at } i tjänsten { $tenant }.
    Dina sessioner avslutades. Logga in på nytt och ta tvåstegsinloggningen i bruk.

    Om du inte bad om det, kontakta genast en administratör.
    Ditt konto: { $link }

mail-recovery-codes-made-subject = Nya reservkoder: { $tenant }
mail-recovery-codes-made-body =
    Hej { $name }

    Nya reservkoder gjordes för ditt konto { $at } i tjänsten { $tenant }. De tidigare fungerar inte längre.

    Om det inte var du, byt lösenord och kontakta genast en administratör.
    Ditt konto: { $link }

mail-recovery-code-used-subject = En reservkod användes: { $tenant }
mail-recovery-code-used-body =
    Hej { $name }

    En reservkod för ditt konto användes { $at } i tjänsten { $tenant }. Den fungerar inte en gång till.
    På din kontosida ser du hur många reservkoder som finns kvar.

    Om det inte var du, byt lösenord och kontakta genast en administratör.
    Ditt konto: { $link }

mail-password-changed-subject = Lösenordet har bytts: { $tenant }
mail-password-changed-body =
    Hej { $name }

    Lösenordet till ditt konto byttes { $at } i tjänsten { $tenant }. Andra sessioner avslutades.

    Om det inte var du, be genast om en länk för att välja ett nytt lösenord och kontakta en administratör.
    Ditt konto: { $link }

mail-email-changed-subject = E-postadressen har bytts: { $tenant }
mail-email-changed-body =
    Hej { $name }

    E-postadressen till ditt konto byttes till en annan { $at } i tjänsten { $tenant }.
    Den här adressen används inte längre för att logga in.

    Om det inte var du, kontakta genast en administratör.
    Tjänsten: { $link }
