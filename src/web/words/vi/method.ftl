method-items-mean-of-items = Điểm và tỷ lệ của một lĩnh vực là bình quân giản đơn của các mục; của cả phiếu là bình quân giản đơn của các lĩnh vực.
method-items-pooled = Điểm và tỷ lệ của một lĩnh vực, của cả phiếu tính gộp trên mọi câu trả lời: mỗi câu trả lời có trọng số như nhau.
method-groups-simple = Khi gộp các nhóm (cấp học, đối tượng): bình quân giản đơn, mỗi nhóm như nhau.
method-groups-by-answers = Khi gộp các nhóm (cấp học, đối tượng): bình quân gia quyền theo số câu trả lời của từng nhóm.
method-groups-by-pupils = Khi gộp các nhóm (cấp học, đối tượng): bình quân gia quyền theo số học sinh của từng nhóm, Σ N·S / Σ N.
method-above-counted = Mức đáp ứng mong đợi trên 100{"\u00A0"}% tính đúng như người trả lời ghi.
method-above-capped = Mức đáp ứng mong đợi trên 100{"\u00A0"}% tính là 100{"\u00A0"}%.
method-places-1 = Mức “Không dùng / không rõ” không nằm trong mẫu số; tỷ lệ lấy 1 chữ số thập phân, điểm lấy 2, làm tròn nửa lên.
method-places-2 = Mức “Không dùng / không rõ” không nằm trong mẫu số; tỷ lệ và điểm lấy 2 chữ số thập phân, làm tròn nửa lên.
method-reach-open-link = Phiếu gửi qua đường dẫn mở: kết quả là ý kiến của những người đã trả lời, không đại diện cho những người khác, nên không kèm khoảng tin cậy.
method-reach-everybody = Đã mời toàn bộ, không chọn mẫu: không có sai số chọn mẫu nên không kèm khoảng tin cậy; kết quả vẫn có thể lệch vì có người không trả lời.
method-reach-drawn = Người trả lời được chọn ngẫu nhiên từ toàn bộ: khoảng tin cậy 95{"\u00A0"}% của tỷ lệ tính theo Wilson, có hiệu chỉnh tổng thể hữu hạn khi biết số học sinh.
method-reach-drawn-stratified = Người trả lời được chọn ngẫu nhiên riêng trong từng trường, từng cấp học: khoảng tin cậy 95{"\u00A0"}% tính theo mẫu phân tầng, có hiệu chỉnh tổng thể hữu hạn khi biết số học sinh.

method-label-open-link = Không đại diện
method-label-everybody = Mời toàn bộ
method-label-drawn = Mẫu ngẫu nhiên
method-label-drawn-stratified = Mẫu ngẫu nhiên phân tầng

no-interval-open-link = Không có khoảng tin cậy: phiếu gửi qua đường dẫn mở, không chọn mẫu.
no-interval-everybody = Không có khoảng tin cậy: đã mời toàn bộ, không có sai số chọn mẫu.
no-interval-more = Không có khoảng tin cậy: nhận { $n } phiếu, nhiều hơn { $pupils } học sinh (có thể cả cha và mẹ cùng trả lời cho một con).
no-estimate-more = Không tính được độ chính xác: số phiếu nhiều hơn số học sinh ở { $cells } (có thể cả cha và mẹ cùng trả lời cho một con).
no-estimate-single = Không tính được độ chính xác: chỉ có một phiếu ở { $cells }.
uncombined-nothing = Chưa có số liệu để gộp.
uncombined-no-pupils = Chưa gộp được theo số học sinh: chưa biết số học sinh của { $groups }. Xin bổ sung ở trang các trường của đợt; chương trình không tự đoán.
