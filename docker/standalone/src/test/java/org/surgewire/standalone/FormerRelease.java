package org.surgewire.standalone;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** The release before this one: its {@code surgewire.jar}, with its {@code lib} beside it, is named by a property. */
final class FormerRelease {
    static final String PROPERTY = "surgewire.former";

    private FormerRelease() {}

    static boolean isThere() {
        return System.getProperty(PROPERTY) != null;
    }

    static Path jar() {
        return Path.of(System.getProperty(PROPERTY)).toAbsolutePath();
    }

    /** Whether both keep their state in the same form, so that one may go on with what the other kept. */
    static boolean keepsTheSameState() throws IOException, ReflectiveOperationException {
        var url = new URL[] {jar().toUri().toURL()};
        try (var classes = new URLClassLoader(url, ClassLoader.getPlatformClassLoader())) {
            var id = classes.loadClass(Stack.class.getName()).getDeclaredField("APPLICATION_ID");
            id.setAccessible(true);
            return Stack.APPLICATION_ID.equals(id.get(null));
        }
    }
}
