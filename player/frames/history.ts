/** The client history as the player shows it. */
import "../frame.js";
import "../../media/history/main.js";
