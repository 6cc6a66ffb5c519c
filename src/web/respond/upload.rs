//! A form that comes with a picture, read as a stream: what is too large is thrown away as it comes, never gathered.

use std::time::Duration;

use actix_multipart::{Field, Multipart, MultipartError};
use futures_util::TryStreamExt;

use crate::picture::{LARGEST, Refused};

/// What all texts of one form may have together, in bytes; as for forms without pictures.
const TEXTS: usize = 256 * 1024;
/// So much is read of a body, in bytes, so that whoever sends too much is told: a browser that is cut off shows no answer.
const READ: usize = 64 * 1024 * 1024;
/// So long a picture may take: 12 MB at 400 kbit/s.
const PATIENCE: Duration = Duration::from_secs(250);

/// What was sent.
#[derive(Debug, Default)]
pub(super) struct Upload {
    /// Names and values, in the order of the form.
    pub pairs: Vec<(String, String)>,
    /// The picture; none was chosen, or it is too large.
    pub file: Option<Result<Vec<u8>, Refused>>,
}

/// Why reading ended before the end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// A file came, and nothing before it had proven that the form is the sender's own.
    Stranger,
    /// It took too long, was cut off, or is no such form.
    Broken,
}

impl From<MultipartError> for Cut {
    fn from(error: MultipartError) -> Self {
        tracing::debug!(%error, "a form with a picture could not be read");
        Self::Broken
    }
}

impl Upload {
    /// Reads the form; of its files only the one of this name, and that only once a pair has come that `proves` that it may.
    ///
    /// # Errors
    /// [`Cut`]
    pub(super) async fn read(
        form: Multipart,
        wanted: &str,
        proves: impl Fn(&str, &str) -> bool,
        is_proven: bool,
    ) -> Result<Self, Cut> {
        let mut reading = Reading { upload: Self::default(), texts: TEXTS, left: READ, is_proven };
        match tokio::time::timeout(PATIENCE, reading.whole(form, wanted, proves)).await {
            Ok(read) => read.map(|()| reading.upload),
            Err(_) => Err(Cut::Broken),
        }
    }

    /// The first value under a name.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

struct Reading {
    upload: Upload,
    /// Bytes that texts may still have.
    texts: usize,
    /// Bytes that are still read.
    left: usize,
    is_proven: bool,
}

impl Reading {
    async fn whole(
        &mut self,
        mut form: Multipart,
        wanted: &str,
        proves: impl Fn(&str, &str) -> bool,
    ) -> Result<(), Cut> {
        while let Some(mut field) = form.try_next().await? {
            let name = field.name().unwrap_or_default().to_owned();
            let is_file = field.content_disposition().is_some_and(|about| about.get_filename().is_some());
            if is_file && !self.is_proven {
                return Err(Cut::Stranger);
            }
            if is_file {
                self.file(&mut field, name == wanted).await?;
            } else {
                let value = self.text(&mut field).await?;
                self.is_proven |= proves(&name, &value);
                self.upload.pairs.push((name, value));
            }
        }
        Ok(())
    }

    async fn text(&mut self, field: &mut Field) -> Result<String, Cut> {
        let mut bytes = Vec::new();
        while let Some(chunk) = field.try_next().await? {
            self.texts = self.texts.checked_sub(chunk.len()).ok_or(Cut::Broken)?;
            bytes.extend_from_slice(&chunk);
        }
        String::from_utf8(bytes).map_err(|_| Cut::Broken)
    }

    /// Gathers the file if it is the wanted one, until it is too large.
    async fn file(&mut self, field: &mut Field, is_wanted: bool) -> Result<(), Cut> {
        let mut file = Ok(Vec::new());
        while let Some(chunk) = field.try_next().await? {
            self.left = self.left.checked_sub(chunk.len()).ok_or(Cut::Broken)?;
            match &mut file {
                Ok(gathered) if is_wanted && gathered.len() + chunk.len() <= LARGEST => {
                    gathered.extend_from_slice(&chunk);
                }
                Ok(_) if is_wanted => file = Err(Refused::TooLarge),
                _ => {}
            }
        }
        // a field in which nothing was chosen comes as an empty file
        let is_empty = file.as_ref().is_ok_and(Vec::is_empty);
        if is_wanted && !is_empty {
            self.upload.file = Some(file);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_multipart::Multipart;
    use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use actix_web::web::Bytes;
    use futures_util::stream;

    const MEGABYTE: usize = 1024 * 1024;

    /// A form of a hidden field and a file of so many megabytes, made while it is read.
    fn form(proof: &str, file: &str, megabytes: usize) -> Multipart {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=x"));
        let head = format!(
            "--x\r\nContent-Disposition: form-data; name=\"_may\"\r\n\r\n{proof}\r\n\
             --x\r\nContent-Disposition: form-data; name=\"{file}\"; filename=\"a.jpg\"\r\n\r\n"
        );
        let chunk = Bytes::from(vec![b'a'; MEGABYTE]);
        let chunks = std::iter::once(Bytes::from(head))
            .chain(std::iter::repeat_n(chunk, megabytes))
            .chain(std::iter::once(Bytes::from_static(b"\r\n--x--\r\n")));
        Multipart::new(&headers, stream::iter(chunks.map(Ok::<_, actix_web::error::PayloadError>)))
    }

    async fn read(proof: &str, file: &str, megabytes: usize) -> Result<Upload, Cut> {
        Upload::read(form(proof, file, megabytes), "_anh_A1", |_, value| value == "right", false).await
    }

    #[actix_web::test]
    async fn a_file_of_fifty_megabytes_is_thrown_away_as_it_comes() {
        let upload = read("right", "_anh_A1", 50).await.unwrap();
        assert_eq!(upload.file, Some(Err(Refused::TooLarge)));
        assert_eq!(read("right", "_anh_A1", 70).await.unwrap_err(), Cut::Broken);
        let fitting = read("right", "_anh_A1", 12).await.unwrap().file.unwrap().unwrap();
        assert_eq!(fitting.len(), LARGEST);
    }

    #[actix_web::test]
    async fn nothing_is_gathered_for_a_stranger_and_of_files_only_the_one_that_was_asked_for() {
        assert_eq!(read("wrong", "_anh_A1", 1).await.unwrap_err(), Cut::Stranger);
        assert_eq!(read("right", "_anh_B1", 1).await.unwrap().file, None);
        assert_eq!(read("right", "_anh_A1", 0).await.unwrap().file, None);
        let long = "a".repeat(TEXTS + 1);
        assert_eq!(read(&long, "_anh_A1", 0).await.unwrap_err(), Cut::Broken);
    }
}
