//! Inflating what may be a bomb.

use std::io::Read as _;

use flate2::bufread::ZlibDecoder;

use super::FigureFault;
use super::text::MAX_TEXT;

/// The bytes of a zlib stream that are packed into `packed`, which may go on after it.
///
/// # Errors
/// [`FigureFault::Long`] when they are more than any figure has, [`FigureFault::Damaged`] when the stream is not
/// whole. No more memory is taken than that.
pub(super) fn inflated(packed: &[u8]) -> Result<Vec<u8>, FigureFault> {
    let mut bytes = Vec::new();
    let most = MAX_TEXT as u64 + 1;
    let read = ZlibDecoder::new(packed).take(most).read_to_end(&mut bytes);
    if bytes.len() > MAX_TEXT {
        return Err(FigureFault::Long);
    }
    read.map_err(|_| FigureFault::Damaged("it cannot be unpacked"))?;
    Ok(bytes)
}
