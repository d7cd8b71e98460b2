# Letters. $name is the receiver, $tenant who runs the service, $link the link and $expires when it stops working, $at when what is told happened.

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

mail-second-factor-on-subject = Two-step sign-in is on: { $tenant }
mail-second-factor-on-body =
    Hello { $name }

    Two-step sign-in was turned on for your account { $at } in the service { $tenant }.
    Your other sessions were ended.

    If this was not you, contact an administrator at once.
    Your account: { $link }

mail-second-factor-off-subject = Two-step sign-in was turned off: { $tenant }
mail-second-factor-off-body =
    Hello { $name }

    Two-step sign-in was turned off for your account { $at } in the service { $tenant }.
    The password alone is now enough.

    If this was not you, change the password and contact an administrator at once.
    Your account: { $link }

mail-second-factor-reset-subject = Two-step sign-in was reset: { $tenant }
mail-second-factor-reset-body =
    Hello { $name }

    An administrator reset the two-step sign-in of your account { $at } in the service { $tenant }.
    Your sessions were ended. Sign in again and set up two-step sign-in.

    If you did not ask for this, contact an administrator at once.
    Your account: { $link }

mail-recovery-codes-made-subject = New recovery codes: { $tenant }
mail-recovery-codes-made-body =
    Hello { $name }

    New recovery codes were made for your account { $at } in the service { $tenant }. The earlier ones no longer work.

    If this was not you, change the password and contact an administrator at once.
    Your account: { $link }

mail-recovery-code-used-subject = A recovery code was used: { $tenant }
mail-recovery-code-used-body =
    Hello { $name }

    A recovery code of your account was used { $at } in the service { $tenant }. It does not work again.
    Your account page says how many recovery codes are left.

    If this was not you, change the password and contact an administrator at once.
    Your account: { $link }

mail-password-changed-subject = The password was changed: { $tenant }
mail-password-changed-body =
    Hello { $name }

    The password of your account was changed { $at } in the service { $tenant }. Other sessions were ended.

    If this was not you, ask for a password reset link at once and contact an administrator.
    Your account: { $link }

mail-email-changed-subject = The e-mail address was changed: { $tenant }
mail-email-changed-body =
    Hello { $name }

    The e-mail address of your account was changed to another one { $at } in the service { $tenant }.
    This address no longer signs in.

    If this was not you, contact an administrator at once.
    The service: { $link }
