/**
 * A trained network as a file. {@link org.mskd.model.ModelArchive} is a {@code .mskd}: a {@link
 * org.mskd.model.ModelCard} (what the network is, what it expects, where it comes from) beside its
 * weights as {@link org.mskd.model.SafeTensors}, both checksummed. Equal content gives equal bytes;
 * nothing in it executes; everything is checked before it is believed. Free of ND4J.
 */
package org.mskd.model;
