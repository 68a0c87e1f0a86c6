/**
 * What a worker reports while it runs, one {@link org.mskd.pipeline.event.Event} a line, and how it
 * ends: an {@link org.mskd.pipeline.event.ExitCode}, and a {@link org.mskd.pipeline.event.Failure}
 * for a person.
 */
@ResultNeutral
package org.mskd.pipeline.event;

import org.mskd.code.ResultNeutral;
