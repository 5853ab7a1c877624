package org.surgewire.ingest.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds the addresses to connect to and lets only public ones through, so that no feed and no redirect leads into the
 * operator's own network, whatever a name server says at which moment. An endpoint that the operator named as a source may
 * be private.
 */
final class AddressGuard implements DnsResolver {
    private final Set<String> named;

    /** @param named {@code host:port} of the sources' own addresses, lower case */
    AddressGuard(Set<String> named) {
        this.named = Set.copyOf(named);
    }

    static String endpoint(String host, int port) {
        return host.toLowerCase(Locale.ROOT) + ":" + port;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        if (!named.contains(endpoint(host, port))) {
            requirePublic(host, addresses);
        }
        return Arrays.stream(addresses)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = InetAddress.getAllByName(host);
        requirePublic(host, addresses);
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    private static void requirePublic(String host, InetAddress[] addresses) throws PrivateAddressException {
        for (InetAddress address : addresses) {
            if (!isPublic(address)) {
                throw new PrivateAddressException(host + " leads to the private address " + address.getHostAddress());
            }
        }
    }

    /** Whether anybody on the Internet would reach the same machine by it. */
    static boolean isPublic(InetAddress address) {
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

    /** A name leads where nobody may be sent. */
    static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        PrivateAddressException(String message) {
            super(message);
        }
    }
}
