package org.surgewire.standalone;

/**
 * Ends a command with exit code 1 and one line for the user, for what the user can do something about: a port in use, a
 * file that is not there. Anything else is an error of the program.
 */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** For example {@code ("cannot open the page", "port 8080 is in use", "choose another with --port")}. */
    public Failure(String what, String where, String whatToDo) {
        super(what + ": " + where + "; " + whatToDo);
    }

    /** As {@link #Failure(String, String, String)}, with the cause that SURGEWIRE_DEBUG=1 shows. */
    public Failure(String what, String where, String whatToDo, Throwable cause) {
        super(what + ": " + where + "; " + whatToDo, cause);
    }

    /** With a line that says all of it already. */
    Failure(String line, Throwable cause) {
        super(line, cause);
    }
}
