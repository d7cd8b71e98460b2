# Accessibility statement
accessibility-title = Accessibility statement
accessibility-intro = This statement concerns the Polku service. The Act on the Provision of Digital Services (306/2019) requires the service to be accessible.
accessibility-state = How accessible the service is
accessibility-state-text = The target is level AA of WCAG 2.1, which the law requires. The service is built to level AA of WCAG 2.2. Conformance has not been confirmed yet, because nobody from outside has audited the service.
accessibility-checked = The makers have assessed the service themselves: every page is checked automatically with the axe tool in light and dark colours.
accessibility-gaps = Known gaps
accessibility-gap-audit = No outside audit and no testing with users has been done yet.
accessibility-gap-readers = The service has not yet been tried thoroughly with screen readers.
accessibility-gap-content = The texts of programmes are not always translated. They are then shown in Finnish.
accessibility-gap-charts = The automatic contrast check does not cover the texts in charts. The same figures are given as a table.
accessibility-give = Tell us what does not work
accessibility-give-text = Tell us of a gap or ask for the information in another form. We answer within 14 days.
accessibility-message = Message
accessibility-message-hint = Say what does not work, on which page and with which device or assistive technology.
accessibility-email = E-mail
accessibility-email-hint = Give an address if you want an answer.
accessibility-send = Send the feedback
accessibility-thanks = Your feedback has been received. We answer by { $day }.
accessibility-enforcement = If the answer is not enough
accessibility-enforcement-text = Give feedback to us first. If you get no answer within 14 days or the answer does not satisfy you, you can file a complaint with the Finnish Transport and Communications Agency Traficom. The web site tells how to file it and how it is handled.
accessibility-traficom = Finnish Transport and Communications Agency Traficom, Digital Accessibility Supervision Unit
accessibility-phone = Telephone, switchboard:

# Handling the feedback
accessibility-answer-to = Answer to:
accessibility-answered-on = Answered { $day }
accessibility-due = Answer by { $day }
accessibility-feedback-empty = No feedback
accessibility-feedback-empty-help = Feedback appears here when somebody sends it by the form of the accessibility statement.
accessibility-feedback-intro = The law requires an answer within 14 days. Answer by e-mail and mark the feedback as answered.
accessibility-feedback-title = Accessibility feedback
accessibility-mark = Mark as answered
accessibility-mark-named = Mark as answered: sent { $at }
accessibility-marked = The feedback has been marked as answered.
accessibility-no-email = The sender did not ask for an answer.
accessibility-overdue = Overdue since { $day }
accessibility-sent = Sent { $at }
