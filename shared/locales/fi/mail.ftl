# Kirjeet. $name on saaja, $tenant palvelun järjestäjä, $link linkki ja $expires hetki, jolloin se vanhenee, $at hetki, josta kerrotaan.

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

mail-second-factor-on-subject = Kaksivaiheinen kirjautuminen on käytössä: { $tenant }
mail-second-factor-on-body =
    Hei { $name }

    Kaksivaiheinen kirjautuminen otettiin tilillesi käyttöön { $at } palvelussa { $tenant }.
    Muut istuntosi päätettiin.

    Jos et tehnyt tätä itse, ota heti yhteyttä ylläpitäjään.
    Tilisi: { $link }

mail-second-factor-off-subject = Kaksivaiheinen kirjautuminen poistettiin käytöstä: { $tenant }
mail-second-factor-off-body =
    Hei { $name }

    Kaksivaiheinen kirjautuminen poistettiin tililtäsi { $at } palvelussa { $tenant }.
    Nyt pelkkä salasana riittää.

    Jos et tehnyt tätä itse, vaihda salasana ja ota heti yhteyttä ylläpitäjään.
    Tilisi: { $link }

mail-second-factor-reset-subject = Kaksivaiheinen kirjautuminen nollattiin: { $tenant }
mail-second-factor-reset-body =
    Hei { $name }

    Ylläpitäjä nollasi tilisi kaksivaiheisen kirjautumisen { $at } palvelussa { $tenant }.
    Istuntosi päätettiin. Kirjaudu uudelleen ja ota kaksivaiheinen kirjautuminen käyttöön.

    Jos et pyytänyt tätä, ota heti yhteyttä ylläpitäjään.
    Tilisi: { $link }

mail-recovery-codes-made-subject = Uudet varakoodit: { $tenant }
mail-recovery-codes-made-body =
    Hei { $name }

    Tilillesi tehtiin uudet varakoodit { $at } palvelussa { $tenant }. Aiemmat eivät enää toimi.

    Jos et tehnyt tätä itse, vaihda salasana ja ota heti yhteyttä ylläpitäjään.
    Tilisi: { $link }

mail-recovery-code-used-subject = Varakoodi käytettiin: { $tenant }
mail-recovery-code-used-body =
    Hei { $name }

    Tilisi varakoodi käytettiin { $at } palvelussa { $tenant }. Se ei toimi enää uudelleen.
    Tilisi sivulla näet, montako varakoodia on jäljellä.

    Jos et käyttänyt sitä itse, vaihda salasana ja ota heti yhteyttä ylläpitäjään.
    Tilisi: { $link }

mail-password-changed-subject = Salasana vaihtui: { $tenant }
mail-password-changed-body =
    Hei { $name }

    Tilisi salasana vaihdettiin { $at } palvelussa { $tenant }. Muut istunnot päätettiin.

    Jos et tehnyt tätä itse, pyydä heti linkki uuden salasanan asettamiseen ja ota yhteyttä ylläpitäjään.
    Tilisi: { $link }

mail-email-changed-subject = Sähköpostiosoite vaihtui: { $tenant }
mail-email-changed-body =
    Hei { $name }

    Tilisi sähköpostiosoite vaihdettiin toiseen { $at } palvelussa { $tenant }.
    Tällä osoitteella ei enää kirjauduta.

    Jos et tehnyt tätä itse, ota heti yhteyttä ylläpitäjään.
    Palvelu: { $link }
