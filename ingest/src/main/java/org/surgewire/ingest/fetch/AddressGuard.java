package org.surgewire.ingest.fetch;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hc.client5.http.DnsResolver;
import org.surgewire.schemas.addresses.PublicAddresses;

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
            if (!PublicAddresses.contain(address)) {
                throw new PrivateAddressException(host + " leads to the private address " + address.getHostAddress());
            }
        }
    }

    /** A name leads where nobody may be sent. */
    static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        PrivateAddressException(String message) {
            super(message);
        }
    }
}
