# Kirjeet. $name on saaja, $tenant palvelun järjestäjä, $link linkki ja $expires hetki, jolloin se vanhenee.

mail-invitation-subject = Kutsu: { $tenant }
mail-invitation-body =
    Hei { $name }

    Sinulle on avattu käyttäjätili palveluun { $tenant }.
    Avaa linkki ja aseta salasana:

    { $link }

    Linkki toimii kerran ja vanhenee { $expires }.
    Jos linkki on vanhentunut, pyydä uusi henkilöltä, joka kutsui sinut.
    Jos et odottanut kutsua, voit jättää tämän viestin huomiotta.

mail-password-reset-subject = Aseta uusi salasana: { $tenant }
mail-password-reset-body =
    Hei { $name }

    Avaa linkki ja aseta uusi salasana palveluun { $tenant }:

    { $link }

    Linkki toimii kerran ja vanhenee { $expires }.
    Jos et pyytänyt linkkiä, voit jättää tämän viestin huomiotta. Salasanasi ei muutu.

mail-email-change-subject = Vahvista sähköpostiosoite: { $tenant }
mail-email-change-body =
    Hei { $name }

    Pyysit vaihtaa sähköpostiosoitteesi tähän osoitteeseen palvelussa { $tenant }.
    Vahvista osoite avaamalla linkki:

    { $link }

    Linkki toimii kerran ja vanhenee { $expires }.
    Jos et pyytänyt vaihtoa, voit jättää tämän viestin huomiotta. Osoite ei vaihdu.
