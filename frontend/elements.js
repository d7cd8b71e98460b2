// The design system's custom elements that the page uses; the build ships these and what they import.
import "@digdir/designsystemet-web/ds-field";
import "@digdir/designsystemet-web/ds-tabs";
