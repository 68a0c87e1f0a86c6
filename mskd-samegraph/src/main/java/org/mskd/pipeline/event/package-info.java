/**
 * What a worker reports while it runs, one {@link org.mskd.pipeline.event.Event} a line, and how it
 * ends: an {@link org.mskd.pipeline.event.ExitCode}, and a {@link org.mskd.pipeline.event.Failure}
 * with its problem and remedy.
 */
@ResultNeutral
package org.mskd.pipeline.event;

import org.mskd.code.ResultNeutral;
