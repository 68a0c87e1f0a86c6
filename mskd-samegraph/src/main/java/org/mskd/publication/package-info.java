/**
 * Packaged models: {@link org.mskd.publication.PublishedModel} writes one, {@link
 * org.mskd.publication.ModelDescription} reads any model and says what it is.
 */
@ResultNeutral
package org.mskd.publication;

import org.mskd.code.ResultNeutral;
