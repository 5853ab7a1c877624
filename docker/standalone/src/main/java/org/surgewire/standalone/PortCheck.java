package org.surgewire.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Says that a port is in use before anything heavier is started. */
final class PortCheck {
    private PortCheck() {}

    /** Fails with one line unless the port can be listened on; 0 always can. */
    static void free(int port) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new Failure("cannot open the page", "port " + port + " is in use", "choose another with --port", e);
        }
    }
}
