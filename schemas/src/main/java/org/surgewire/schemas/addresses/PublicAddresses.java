package org.surgewire.schemas.addresses;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells addresses of the Internet from those of the operator's own network. */
public final class PublicAddresses {
    private PublicAddresses() {}

    /** Whether anybody on the Internet would reach the same machine by it. */
    public static boolean contain(InetAddress address) {
        if (address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (address instanceof Inet6Address) {
            // Unique local; and NAT64, 6to4 and Teredo, which hide an IPv4 address.
            boolean tunnel = (first == 0x00 && second == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b)
                    || (first == 0x20 && second == 0x02)
                    || (first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0);
            // Only 2000::/3 is given out to anybody.
            return (first & 0xe0) == 0x20 && !tunnel;
        }
        // "This network", shared address space, protocol assignments, benchmarks, reserved.
        return first != 0
                && !(first == 100 && (second & 0xc0) == 64)
                && !(first == 192 && second == 0 && bytes[2] == 0)
                && !(first == 198 && (second & 0xfe) == 18)
                && first < 224;
    }
}
