/// Other libraries, each training the network that it is told to, and saying how long it took.
///
/// Entry types: [peer.DjlPeer] and [peer.SmilePeer]; both take a [peer.Job] and answer by a
/// [peer.Report].
@NullMarked
package peer;

import org.jspecify.annotations.NullMarked;
