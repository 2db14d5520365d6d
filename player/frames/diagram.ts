/** The diagram panel as the player shows it. */
import "../frame.js";
import "../../media/diagram/main.js";
