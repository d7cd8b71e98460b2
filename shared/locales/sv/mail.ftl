# Brev. $name är mottagaren, $tenant den som ordnar tjänsten, $link länken och $expires tiden då den går ut.

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
