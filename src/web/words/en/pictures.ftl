picture-rule = No faces of children and no papers with names, please.
picture-removed = Where and when it was taken is removed before it is kept.
picture-choose-one = Choose one picture (JPEG, PNG or WebP, 12 MB at most)
picture-choose-several = Choose pictures one by one, { $max } at most (JPEG, PNG or WebP, 12 MB each)
picture-add = Add the picture
picture-remove = Take it out
picture-number = Picture { $number }
picture-keep = Send picture { $number } along (clear the tick if not)
picture-not-here = This form cannot be saved on the way just now, so it takes no pictures. Your other answers can be sent.
picture-sending = Sending the picture…
picture-waiting = The picture was not sent: there is no network. This page tries again by itself; please keep it open.
review-pictures = { $n ->
    [one] One picture
   *[other] { $shown } pictures
}
violation-picture-not-taken = No pictures are taken here. Please send the form without them.
violation-picture-not-chosen = No picture was chosen. Please choose one, then press “Add the picture”.
violation-picture-too-many = This question takes { $max } at most. To add another one, please take one out first.
violation-picture-form-full = Too many pictures were sent with this form; no more are taken.
violation-picture-unknown = A picture does not belong to this form or is no longer kept. Please take it out and send again.
violation-picture-too-large = The picture is larger than 12 MB. Please choose a screenshot of it, or another picture.
violation-picture-too-many-pixels = The picture has more than 40 million pixels. Please choose a screenshot of it instead.
violation-picture-heic = HEIC pictures of iPhones cannot be used. Choose Settings › Camera › Formats › Most Compatible and take it again, or choose a screenshot of it.
violation-picture-other-kind = This is no JPEG, PNG or WebP picture. Please choose another one.
violation-picture-broken = This picture cannot be read; it may be damaged, or was not sent to its end. Please choose it again, or another one.
begin-pictures = Allow pictures
begin-pictures-hint = Matters only where a form asks for pictures; without this those questions are not asked. Only the steering unit sees pictures.
show-pictures = Pictures
show-pictures-see = See the pictures received
pictures-title = Pictures sent with forms
pictures-intro = Only for those who manage the round. In random order, not by time. Should a picture show a child’s face or a paper with names, please neither keep nor forward it.
pictures-none = There are no pictures yet.
pictures-one = Picture in answer to “{ $question }”
pictures-more = See more
