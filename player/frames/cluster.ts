/** The cluster panel as the player shows it. */
import "../frame.js";
import "../../media/cluster/main.js";
