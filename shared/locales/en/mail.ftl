# Letters. $name is the receiver, $tenant who runs the service, $link the link and $expires when it stops working.

mail-invitation-subject = Invitation: { $tenant }
mail-invitation-body =
    Hello { $name }

    An account has been opened for you in the service { $tenant }.
    Open the link and set a password:

    { $link }

    The link works once and expires { $expires }.
    If it has expired, ask the person who invited you for a new one.
    If you did not expect an invitation, you need not do anything.

mail-password-reset-subject = Set a new password: { $tenant }
mail-password-reset-body =
    Hello { $name }

    Open the link and set a new password in the service { $tenant }:

    { $link }

    The link works once and expires { $expires }.
    If you did not ask for the link, you need not do anything. Your password stays as it is.

mail-email-change-subject = Confirm your e-mail address: { $tenant }
mail-email-change-body =
    Hello { $name }

    You asked to change your e-mail address to this one in the service { $tenant }.
    Confirm the address by opening the link:

    { $link }

    The link works once and expires { $expires }.
    If you did not ask for the change, you need not do anything. The address stays as it was.
